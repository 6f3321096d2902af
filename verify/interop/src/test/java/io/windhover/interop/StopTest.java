package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.interop.everything.Interop;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.client.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Servers that stop while they are called: no call fails.
///
/// Calls under way when a server is told to stop are answered. A server that others no longer find
/// may stop under a load that goes on elsewhere.
@ExtendWith(InteropTable.Parameter.class)
final class StopTest {
  private static final int MILLIS_IN_FLIGHT = 500;
  private static final Duration LOAD = Duration.ofMillis(1500);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TTHEADER_CHECKED")
  void weStopWithCallsOfKitexInFlight(Transport transport, InteropTable table) {
    var kitex = Kitex.orAbort();
    try (var server = StoppingServer.of(WindhoverServer.start())) {
      table.check(
          new Column(
              Column.STOP,
              kitex.name(),
              CallsHandler.NAME,
              transport.toString(),
              () -> {
                server.stopWithCallsInFlight();
                return kitex.call(
                    server.address(),
                    server.address(),
                    transport.toString(),
                    "-theme=load",
                    "-only=calls in flight",
                    "-for=" + MILLIS_IN_FLIGHT + "ms");
              }));
    }
  }

  /// Not over mux: a Kitex client that no longer finds a server drops the connection with its
  /// calls.
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"TTHEADER_MUX", "TTHEADER_CHECKED"})
  void weStopUnderALoadOfKitex(Transport transport, InteropTable table) {
    var kitex = Kitex.orAbort();
    var addresses = folder.resolve("addresses");
    try (var first = StoppingServer.of(WindhoverServer.start());
        var second = StoppingServer.of(WindhoverServer.start())) {
      write(addresses, first.address(), second.address());
      table.check(
          new Column(
              Column.STOP,
              kitex.name(),
              CallsHandler.NAME,
              transport.toString(),
              () -> {
                first.stopUnderLoad(second, () -> write(addresses, second.address()));
                return kitex.call(
                    first.address(),
                    first.address(),
                    transport.toString(),
                    "-theme=load",
                    "-only=load",
                    "-discovery=" + addresses,
                    "-for=" + LOAD.toMillis() + "ms");
              }));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TTHEADER_CHECKED")
  void kitexStopsWithCallsOfOursInFlight(Transport transport, InteropTable table) {
    try (var server = StoppingServer.of(Kitex.orAbort().serve(transport.serverFlags()));
        var client = client(server, transport)) {
      table.check(
          new Column(
              Column.STOP,
              CallsHandler.NAME,
              server.server().name(),
              transport.toString(),
              () -> {
                server.stopWithCallsInFlight();
                var outcome = load(() -> Interop.on(client).sleep(MILLIS_IN_FLIGHT), () -> false);
                return List.of(new Outcome("calls in flight", outcome.isEmpty(), outcome));
              }));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TTHEADER_CHECKED")
  void kitexStopsUnderALoadOfOurs(Transport transport, InteropTable table) {
    var kitex = Kitex.orAbort();
    try (var first = StoppingServer.of(kitex.serve(transport.serverFlags()));
        var second = StoppingServer.of(kitex.serve(transport.serverFlags()));
        var client = client(first, transport)) {
      var known = new AtomicReference<>(List.of(first.address(), second.address()));
      table.check(
          new Column(
              Column.STOP,
              CallsHandler.NAME,
              kitex.name(),
              transport.toString(),
              () -> {
                var stop = first.stopUnderLoad(second, () -> known.set(List.of(second.address())));
                var outcome = load(() -> callOneOf(client, known.get()), stop::isAlive);
                return List.of(new Outcome("load", outcome.isEmpty(), outcome));
              }));
    }
  }

  private static String callOneOf(Client client, List<InetSocketAddress> addresses) {
    var address = addresses.get((int) (System.nanoTime() % addresses.size()));
    var options = CallOptions.builder().address(address).build();
    return Interop.on(client.with(options)).sleep(20);
  }

  private static Client client(StoppingServer server, Transport transport) {
    return transport.of(Client.builder(server.address())).timeout(Duration.ofSeconds(10)).build();
  }

  /// Calls from several threads, once or for as long as is said.
  ///
  /// @return the first failure, or nothing
  private static String load(Callable<String> call, Callable<Boolean> goOn) {
    var callers = new ArrayList<Callable<String>>();
    for (int caller = 0; caller < StoppingServer.CALLERS; caller++) {
      callers.add(
          () -> {
            do {
              assertThat(call.call()).isEqualTo("slept");
            } while (goOn.call());
            return "";
          });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var caller : threads.invokeAll(callers)) {
        caller.get();
      }
      return "";
    } catch (Exception e) {
      return e.toString();
    }
  }

  private static void write(Path file, InetSocketAddress... addresses) {
    try {
      var next = file.resolveSibling("next");
      Files.write(next, List.of(addresses).stream().map(Kitex::text).toList());
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
