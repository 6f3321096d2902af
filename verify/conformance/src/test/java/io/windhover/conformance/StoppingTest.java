package io.windhover.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.interop.everything.Interop;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.server.Server;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Servers as processes of their own that are told to stop, or have nowhere to log to.
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC}) // Windows has no signals
final class StoppingTest {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration LATE = Duration.ofSeconds(5); // than that, on a busy machine
  private static final int TERMINATED = 128 + 15;

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  /// Its method `sleep` prints a line and takes so long; below zero it never ends.
  static final class Main {
    public static void main(String[] args) throws IOException {
      var server =
          Server.builder()
              .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .stopTimeout(STOP_TIMEOUT)
              .service(
                  Interops.serve((proxy, method, arguments) -> handle(method.getName(), arguments)))
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
      System.out.println(server.port());
      System.in.transferTo(OutputStream.nullOutputStream()); // until the test ends
    }

    private static Object handle(String method, Object[] arguments) {
      return switch (method) {
        case "sleep" -> {
          System.out.println("running");
          sleep(Duration.ofMillis((int) arguments[0]));
          yield "slept";
        }
        case "fail" -> throw new IllegalStateException("as it was told");
        default -> arguments[0];
      };
    }

    /// Deaf to interrupts.
    private static void sleep(Duration time) {
      long start = System.nanoTime();
      while (time.isNegative() || System.nanoTime() - start < time.toNanos()) {
        LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
      }
    }
  }

  private static Client client(ChildJvm server) throws IOException {
    return Client.builder("127.0.0.1:" + server.readLine()).timeout(Duration.ofSeconds(30)).build();
  }

  /// Calls `sleep`, which begins before this returns.
  private Future<String> sleep(ChildJvm server, Client client, int millis) throws IOException {
    var call = executor.submit(() -> Interop.on(client).sleep(millis));
    assertThat(server.readLine()).isEqualTo("running");
    return call;
  }

  @AfterEach
  void close() {
    executor.shutdownNow();
  }

  @Test
  @DisplayName("75: SIGTERM while a call runs")
  void letsTheCallEnd() throws Exception {
    try (var server = ChildJvm.start(Main.class);
        var client = client(server)) {
      var call = sleep(server, client, 300);

      server.signal("TERM");

      assertThat(call.get()).isEqualTo("slept");
      assertThat(server.awaitExit(STOP_TIMEOUT.plus(LATE))).isEqualTo(TERMINATED);
    }
  }

  @Test
  @DisplayName("76: SIGTERM, and a handler that never ends")
  void stopsAtItsTimeout() throws Exception {
    try (var server = ChildJvm.start(Main.class);
        var client = client(server)) {
      var call = sleep(server, client, -1);

      server.signal("TERM");
      server.signal("TERM"); // says nothing new

      assertThat(server.awaitExit(STOP_TIMEOUT.plus(LATE))).isEqualTo(TERMINATED);
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(call::get)
          .havingCause()
          .isInstanceOfSatisfying(
              RpcException.class,
              failure -> assertThat(failure.kind()).isEqualTo(Kind.DISCONNECTED));
    }
  }

  @Test
  @DisplayName("76: SIGTERM while the server starts")
  void stopsWhileItStarts() throws Exception {
    try (var server = ChildJvm.start(Main.class)) {
      server.signal("TERM");

      assertThat(server.awaitExit(LATE)).isEqualTo(TERMINATED);
    }
  }

  @Test
  @DisplayName("89c: a log that cannot be written")
  @EnabledOnOs(OS.LINUX) // others have no device that is full
  void goesOnWithoutALog() throws Exception {
    try (var server = ChildJvm.start(Redirect.to(new File("/dev/full")), Main.class);
        var client = client(server)) {
      var interop = Interop.on(client);

      for (int i = 0; i < 10; i++) {
        assertThatExceptionOfType(RpcException.class).isThrownBy(() -> interop.fail("please"));
        assertThat(interop.echoI32(i)).isEqualTo(i);
      }
    }
  }
}
