package io.windhover.rpc.grpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Http2Client;
import io.windhover.http2.Http2Options;
import io.windhover.http2.Http2Stream;
import io.windhover.http2.StreamException;
import io.windhover.http2.StreamListener;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.testing.LeakCheck;
import io.windhover.netpoll.testing.MemoryConnection;
import io.windhover.rpc.RpcException.Kind;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a caller is told of the ends of streams that HTTP/2 knows.
final class GrpcClientFailureTest {

  private final LeakCheck leaks = LeakCheck.begin();
  private final Http2Client client =
      new Http2Client(Http2Options.builder().streamStallTimeout(Duration.ofSeconds(5)).build());
  private final MemoryConnection connection = new MemoryConnection();
  private @Nullable StreamException cause;

  @BeforeEach
  void connect() {
    client.opened(connection);
    comes("000000 04 00 00000000");
  }

  @AfterEach
  void close() throws InterruptedException {
    client.closed(connection, CloseReason.RESET);
    while (connection.writtenCount() > 0) {
      connection.nextWritten(ScriptedServer.LIMIT).release();
    }
    leaks.end(ScriptedServer.LIMIT);
  }

  private void comes(String hex) {
    client.received(connection, LinkBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
  }

  private Http2Stream open(Runnable onHead) throws Exception {
    var listener =
        new StreamListener() {
          @Override
          public void headArrived(Http2Stream stream) {
            onHead.run();
          }

          @Override
          public void failed(Http2Stream stream, StreamException e) {
            cause = e;
          }
        };
    return client.open(RawClient.fields("/a/b"), false, listener, Duration.ofSeconds(1));
  }

  private GrpcClientFailure failure() {
    return GrpcClientFailure.of(requireNonNull(cause), false);
  }

  @Test
  void ofAServerThatTakesNothing() throws Exception {
    var stream = open(() -> {});
    stream.send(ScriptedServer.data(new byte[100_000]), false);
    long now = System.nanoTime();
    client.swept(connection, now);
    client.swept(connection, now + Duration.ofSeconds(6).toNanos());

    assertThat(failure().kind()).isEqualTo(Kind.DISCONNECTED);
    assertThat(failure().what()).startsWith("the server took nothing");
  }

  @Test
  void ofAResponseThatBreaksTheRules() throws Exception {
    open(() -> {});
    comes("000004 08 00 00000001 00000000");

    assertThat(failure().kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(failure().what()).startsWith("the response breaks HTTP/2");
  }

  @Test
  void ofAFaultOfThisSide() throws Exception {
    open(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    comes("000001 01 04 00000001 88");

    assertThat(failure().kind()).isEqualTo(Kind.DISCONNECTED);
    assertThat(failure().what()).startsWith("this client failed");
  }
}
