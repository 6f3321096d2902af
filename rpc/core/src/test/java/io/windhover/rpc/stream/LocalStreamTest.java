package io.windhover.rpc.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Origin;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.Service;
import io.windhover.rpc.server.dispatch.TestStreamHandlers;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LocalStreamTest {

  @Test
  void streamWhoseHandlerHasReturnedBeforeItIsOpenIsNotKept() {
    var handlers =
        TestStreamHandlers.of(
            new Service("Notes", List.of(), List.of(Loopback.chat((in, out) -> {}))));
    var nested = new Nested();
    nested.runAsCurrent(
        () -> {
          var stream = new LocalStream(invocation(), invocation(), CallListener.NONE);
          stream.serve(handlers, handlers.find("Notes", "chat"));

          assertThat(stream.open().receive()).isEmpty();
        });

    assertThat(nested.size()).isZero();
  }

  private static Invocation invocation() {
    return new Invocation(
        "Notes",
        Loopback.CHAT,
        Deadline.after(Duration.ofSeconds(30)),
        InetSocketAddress.createUnresolved("server", 1),
        Metadata.NONE,
        new Origin("tests", ""),
        new ReplyMetadata(),
        CallOptions.NONE);
  }
}
