package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.fixture.EchoFixture;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Row 86, as far as it goes without retries: a request whose reply is lost is sent once, whatever
/// the connection, and its caller is not told that it may be sent again.
@Timeout(20)
final class LostReplyTest {

  /// How a client's calls travel.
  enum Way {
    FRAMED,
    TTHEADER,
    MULTIPLEXED
  }

  private static final byte[] CALL = {(byte) 0x80, 1, 0, 1};
  private static final int TYPE = 3; // where the type of a message is, and 2 is that of a reply

  private final List<Integer> requests = Collections.synchronizedList(new ArrayList<>());
  private final ConcurrentLinkedQueue<Socket> accepted = new ConcurrentLinkedQueue<>();
  private final ServerSocket server;
  private volatile boolean closes;

  LostReplyTest() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @BeforeEach
  void serve() {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  var socket = server.accept();
                  accepted.add(socket);
                  Thread.ofVirtual().start(() -> answerTheFirst(socket));
                }
              } catch (IOException e) { // the test is over
                assertThat(server.isClosed()).isTrue();
              }
            });
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    for (var socket : accepted) {
      socket.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void row86SendsOnceWhatIsCutOff(Way way) {
    closes = true;
    try (var client = client(way, Duration.ofSeconds(10))) {
      assertThat(EchoFixture.echo(client, "a")).isEqualTo("a");

      assertFails(client, Kind.DISCONNECTED);

      assertThat(requests).as("requests on each connection").containsExactly(1, 2);
      assertThat(EchoFixture.echo(client, "c")).isEqualTo("c");
      assertThat(requests).containsExactly(1, 2, 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void row86SendsOnceWhatIsNotAnswered(Way way) {
    try (var client = client(way, Duration.ofMillis(500))) {
      assertThat(EchoFixture.echo(client, "a")).isEqualTo("a");

      assertFails(client, Kind.TIMEOUT);

      assertThat(requests).as("requests on each connection").containsExactly(1, 2);
    }
  }

  private static void assertFails(Client client, Kind kind) {
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoFixture.echo(client, "b"))
        .satisfies(
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.isSafeToRetry()).isFalse();
            });
  }

  private Client client(Way way, Duration timeout) {
    var builder = Client.builder("127.0.0.1:" + server.getLocalPort()).timeout(timeout);
    switch (way) {
      case FRAMED -> {}
      case TTHEADER -> builder.protocol(Protocol.TTHEADER);
      case MULTIPLEXED -> builder.protocol(Protocol.TTHEADER).multiplexed(1);
    }
    return builder.build();
  }

  /// Reads all requests of a connection, answers the first, and loses the replies of the others.
  private void answerTheFirst(Socket socket) {
    int count = 0;
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      while (true) {
        int bytes = in.readInt();
        var frame = ByteBuffer.allocate(Integer.BYTES + bytes).putInt(bytes);
        in.readFully(frame.array(), Integer.BYTES, bytes);
        requests.add(++count);
        if (count == 1) {
          frame.put(Collections.indexOfSubList(list(frame.array()), list(CALL)) + TYPE, (byte) 2);
          socket.getOutputStream().write(frame.array());
        } else if (closes) {
          return;
        }
      }
    } catch (IOException e) { // the client has closed
      assertThat(count).isPositive();
    }
  }

  private static List<Byte> list(byte[] bytes) {
    var list = new ArrayList<Byte>();
    for (byte one : bytes) {
      list.add(one);
    }
    return list;
  }
}
