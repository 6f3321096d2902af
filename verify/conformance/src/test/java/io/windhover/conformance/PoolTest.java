package io.windhover.conformance;

import static io.windhover.conformance.Bytes.framed;
import static io.windhover.conformance.Bytes.hex;
import static io.windhover.conformance.Bytes.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.interop.everything.Interop;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.server.Server;
import io.windhover.thrift.MessageHeader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Which connections a client keeps: the rows of the table of bad inputs, by their numbers.
@Timeout(30)
final class PoolTest {

  private static final int IDLE = 128;
  private static final Duration AT_ONCE = Duration.ofSeconds(5); // whatever the machine does
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static Server serve(SocketAddress address, Runnable sleep) throws IOException {
    return Server.builder().address(address).service(Interops.serve(sleep)).start();
  }

  private static Client client(SocketAddress address) {
    return Client.builder(address).timeout(Duration.ofSeconds(20)).build();
  }

  @Test
  @DisplayName("69: 128 idle connections, and the server starts again")
  void dropsStaleConnectionsWithoutACall() throws Exception {
    var all = new CountDownLatch(IDLE);
    var address = LOOPBACK;
    try (var first = serve(LOOPBACK, () -> meet(all));
        var client = client(first.address())) {
      address = (InetSocketAddress) first.address();
      callAtOnce(client);
      assertThat(client.openConnections()).isEqualTo(IDLE);

      first.stop();

      awaitConnections(client, 0);
      try (var second = serve(address, () -> {})) {
        assertThat(second.address()).isEqualTo(address);
        assertThat(Interop.on(client).echoI32(7)).isEqualTo(7);
        assertThat(client.openConnections()).isEqualTo(1);
      }
    }
  }

  private static void meet(CountDownLatch all) {
    all.countDown();
    try {
      all.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void callAtOnce(Client client) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Future<String>>();
      for (int i = 0; i < IDLE; i++) {
        calls.add(executor.submit(() -> Interop.on(client).sleep(0)));
      }
      for (var call : calls) {
        call.get();
      }
    }
  }

  private static void awaitConnections(Client client, int count) {
    long start = System.nanoTime();
    while (client.openConnections() != count) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
      Thread.onSpinWait();
    }
  }

  @Test
  @DisplayName("71: a request that cannot be written gives its connection back")
  void keepsTheConnectionOfARequestThatCannotBeWritten() throws Exception {
    try (var server = serve(LOOPBACK, () -> {});
        var client = client(server.address())) {
      var interop = Interop.on(client);
      for (int i = 0; i < 3; i++) {
        assertThatExceptionOfType(RpcException.class)
            .isThrownBy(() -> interop.echoTree(Interops.nested(64)))
            .satisfies(failure -> assertThat(failure.stage()).isEqualTo(Stage.SEND));
        assertThat(interop.echoI32(i)).isEqualTo(i);
      }
      assertThat(client.openConnections()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("72: a oneway call leaves whole, and its connection carries no other")
  void endsTheConnectionOfAOnewayCallAfterItHasLeft() throws Exception {
    try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        var client = client(server.getLocalSocketAddress());
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Interop.on(client).tick(42);
      var call = executor.submit(() -> Interop.on(client).echoI32(7));

      try (var first = new RawConnection(server.accept());
          var second = new RawConnection(server.accept())) {
        var oneway = first.read();
        assertThat(oneway.header().type()).isEqualTo(MessageHeader.ONEWAY);
        assertThat(oneway.struct().toByteArray()).isEqualTo(hex("0a0001 000000000000002a 00"));
        first.assertEndsWithoutAWord();
        int id = second.read().header().sequenceId();
        second.send(framed(message(MessageHeader.REPLY, "echoI32", id, hex("080000 00000007 00"))));
        assertThat(call.get()).isEqualTo(7);
      }
    }
  }
}
