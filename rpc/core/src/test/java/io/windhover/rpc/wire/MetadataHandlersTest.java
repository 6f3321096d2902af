package io.windhover.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MetadataHandler;
import io.windhover.rpc.Method;
import io.windhover.rpc.fixture.Text;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MetadataHandlersTest {

  private static final TTHeader HEADER =
      new TTHeader(TTHeader.OUT_OF_ORDER, 7, Map.of(6, "Echo"), Map.of("isn", "Echo"))
          .withPayloadId(0x20);

  private final MetadataHandlers handlers = new MetadataHandlers(List.of(new Writing()));

  /// Writes one key both ways.
  private static final class Writing implements MetadataHandler {
    @Override
    public void writeRequest(Invocation call, Writer header) {
      header.put("a", "1");
    }

    @Override
    public void writeReply(Invocation call, Writer header) {
      header.put("a", "1");
    }
  }

  @Test
  void addToARequestAndKeepAllElse() {
    var expected = HEADER.withStringKeys(Map.of("isn", "Echo", "a", "1"));

    assertThat(handlers.writeRequest(call(), HEADER)).isEqualTo(expected);
    assertThat(handlers.writeReply(call(), HEADER)).isEqualTo(expected);
    assertThat(expected.payloadId()).isEqualTo(0x20);
  }

  private static Invocation call() {
    return new Invocation(
        "Echo",
        new Method<>("echo", false, Text.CALL),
        Deadline.after(Duration.ofSeconds(1)),
        InetSocketAddress.createUnresolved("db", 1));
  }
}
