package io.windhover.rpc.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Http2Options;
import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Frame.GoAway;
import io.windhover.http2.frame.Frame.Settings;
import io.windhover.netpoll.testing.MemoryConnection;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.transport.CallingConnection;
import io.windhover.rpc.transport.ClientTransport.Use;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What the connections of one transport have in common.
final class GrpcClientTransportTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final GrpcClientTransport transport =
      GrpcClientTransport.create(
          GrpcClientOptions.DEFAULT.withHttp2(
              Http2Options.builder()
                  .keepAliveInterval(Duration.ofSeconds(30))
                  .keepAliveWithoutStreams(true)
                  .build()));

  /// One connection, to a server that has said hello in second 0.
  private static final class Side {
    private final MemoryConnection memory = new MemoryConnection();
    private final CallingConnection connection;

    Side(GrpcClientTransport transport) throws InterruptedException {
      connection = transport.connection(new Use(1 << 20, CallListener.NONE, (_, _, _) -> {}));
      connection.opened(memory);
      hears(new Settings(false, List.of())::write);
      hears(Settings.ACK::write);
      asksAt(0);
    }

    void hears(Consumer<LinkBuffer> frame) {
      var input = new LinkBuffer();
      frame.accept(input);
      assertThat(connection.frameBytes(memory, input)).isEqualTo(input.size());
      connection.received(memory, input);
    }

    boolean asksAt(int second) throws InterruptedException {
      while (memory.writtenCount() > 0) {
        memory.nextWritten(LIMIT).release();
      }
      connection.swept(memory, TimeUnit.SECONDS.toNanos(second));
      return memory.writtenCount() > 0;
    }
  }

  @Test
  void row39AsksHalfAsOftenOnceAServerHasHadTooManyPings() throws Exception {
    var first = new Side(transport);
    assertThat(first.asksAt(30)).isTrue();
    first.hears(new GoAway(0, ErrorCode.ENHANCE_YOUR_CALM.code(), "too_many_pings")::write);

    var second = new Side(transport);

    assertThat(second.asksAt(59)).isFalse();
    assertThat(second.asksAt(60)).isTrue();
  }
}
