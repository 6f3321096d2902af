package io.windhover.conformance.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.conformance.ChildJvm;
import io.windhover.conformance.ledger.StoppableServer.Kind;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.client.Client;
import io.windhover.thrift.Binary;
import io.windhover.thrift.call.RawCall;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Row 76 of the bad inputs: what becomes of a process that is told to end.
@Timeout(120)
final class ShutdownTest {

  private static final int KILLED_BY_SIGTERM = 128 + 15;
  private static final int KILLED_BY_SIGINT = 128 + 2;

  /// For a machine that is slow; without a bound of its own the process would take an hour.
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void stopsOnSigterm() throws Exception {
    try (var server = start(Kind.IDLE)) {
      server.signal("TERM");

      assertThat(server.awaitExit(LIMIT)).isEqualTo(KILLED_BY_SIGTERM);
      assertThat(server.readLine()).isEqualTo("stopping");
    }
  }

  @Test
  void stopsOnSigint() throws Exception {
    try (var server = start(Kind.IDLE)) {
      server.signal("INT");

      assertThat(server.awaitExit(LIMIT)).isEqualTo(KILLED_BY_SIGINT);
      assertThat(server.readLine()).isEqualTo("stopping");
    }
  }

  /// One signal ends the waiting after a second; of two the second one does, at once.
  @ParameterizedTest
  @EnumSource(names = {"STUBBORN", "PATIENT"})
  void endsWithCallsThatDoNotEnd(Kind kind) throws Exception {
    try (var server = child(kind);
        var client =
            Client.builder("127.0.0.1:" + server.readLine())
                .timeout(Duration.ofMinutes(1))
                .build()) {
      var call =
          CompletableFuture.runAsync(() -> call(client), task -> Thread.startVirtualThread(task));
      assertThat(server.readLine()).isEqualTo("running");

      server.signal("TERM");
      assertThat(server.readLine()).isEqualTo("stopping");
      if (kind == Kind.PATIENT) {
        server.signal("TERM");
      }

      assertThat(server.awaitExit(LIMIT)).isEqualTo(KILLED_BY_SIGTERM);
      assertThat(call)
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(RpcException.class);
    }
  }

  @Test
  void endsInTheMiddleOfItsStart() throws Exception {
    try (var server = start(Kind.STARTING)) {
      server.signal("TERM");

      assertThat(server.awaitExit(LIMIT)).isEqualTo(KILLED_BY_SIGTERM);
    }
  }

  private static ChildJvm start(Kind kind) throws Exception {
    var child = child(kind);
    assertThat(child.readLine()).matches("[0-9]+");
    return child;
  }

  private static ChildJvm child(Kind kind) throws Exception {
    return ChildJvm.start(StoppableServer.class, kind);
  }

  private static void call(Client client) {
    client.call("Any", new Method<>("method", false, RawCall.CODEC), Binary.wrap(new byte[] {0}));
  }
}
