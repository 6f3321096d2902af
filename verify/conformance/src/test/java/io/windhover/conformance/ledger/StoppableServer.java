package io.windhover.conformance.ledger;

import io.windhover.rpc.server.Server;
import io.windhover.thrift.Binary;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/// A server alone in its process, with a main method such as everybody has. Prints its port, and
/// "stopping" in a stop hook.
final class StoppableServer {

  /// What there is to wait for.
  enum Kind {
    /// Nothing.
    IDLE,
    /// Calls that never end, for a second.
    STUBBORN,
    /// Calls that never end, for an hour.
    PATIENT,
    /// A start hook that never ends.
    STARTING
  }

  private StoppableServer() {}

  public static void main(String[] arguments) throws Exception {
    var kind = Kind.valueOf(arguments[0]);
    Server.builder()
        .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .unknown((call, request) -> kind == Kind.IDLE ? request : waitForEver())
        .stopTimeout(kind == Kind.PATIENT ? Duration.ofHours(1) : Duration.ofSeconds(1))
        .onStart(
            server -> {
              System.out.println(server.port());
              if (kind == Kind.STARTING) {
                awaitInterrupt();
              }
            })
        .onStop(server -> System.out.println("stopping"))
        .start()
        .awaitStop();
  }

  /// Whatever anybody does.
  private static Binary waitForEver() {
    System.out.println("running");
    while (true) {
      LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
      Thread.interrupted();
    }
  }

  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
