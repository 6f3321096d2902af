package io.windhover.netpoll;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A network of two, made for a test: this process on one end of a cable, programs started with
/// [#start] on the other. The way back can be cut, as if the other machine had lost its power.
final class NetworkNamespace implements AutoCloseable {

  private static final String HERE = "10.197.68.1";
  private static final String THERE = "10.197.68.2";

  private final String name = "windhover-" + ProcessHandle.current().pid();
  private final String cable = "wh" + ProcessHandle.current().pid() % 1_000_000;

  /// Skips the test where namespaces cannot be made or used: without iproute2, or without root.
  NetworkNamespace() throws IOException {
    Assumptions.assumeTrue(can("ip", "netns", "add", name), "no network namespaces here");
    try {
      Assumptions.assumeTrue(can("ip", "netns", "exec", name, "true"), "nor programs in them");
      must("ip", "link", "add", cable, "type", "veth", "peer", "name", "there", "netns", name);
      must("ip", "addr", "add", HERE + "/30", "dev", cable);
      must("ip", "link", "set", cable, "up");
      must("ip", "-n", name, "addr", "add", THERE + "/30", "dev", "there");
      must("ip", "-n", name, "link", "set", "there", "up");
    } catch (IOException | RuntimeException | AssertionError e) {
      close();
      throw e;
    }
  }

  private static boolean can(String... command) {
    try {
      return run(command) == 0;
    } catch (IOException e) { // no such program
      return false;
    }
  }

  /// The address of this end, with any port.
  static InetSocketAddress here() throws IOException {
    return new InetSocketAddress(InetAddress.getByName(HERE), 0);
  }

  /// Starts a program on the other end.
  Process start(List<String> command) throws IOException {
    var whole = new ArrayList<>(List.of("ip", "netns", "exec", name));
    whole.addAll(command);
    return new ProcessBuilder(whole).start();
  }

  /// From now on nothing comes back from the other end, without a word.
  void cut() throws IOException {
    must("ip", "-n", name, "route", "add", "blackhole", HERE + "/32");
  }

  @Override
  public void close() throws IOException {
    run("ip", "netns", "del", name);
    run("ip", "link", "del", cable); // goes with the namespace, but later
  }

  private static void must(String... command) throws IOException {
    if (run(command) != 0) {
      throw new AssertionError("failed: " + String.join(" ", command));
    }
  }

  private static int run(String... command) throws IOException {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      if (!process.waitFor(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("does not end: " + String.join(" ", command));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
