package io.windhover.interop;

import io.windhover.interop.calls.Calls;
import io.windhover.interop.calls.Seen;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.client.Client;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The service of calls.thrift: a hop of a chain.
final class CallsHandler implements Calls {
  /// The name by which other hops know this one.
  static final String NAME = "windhover";

  private final Client onward;

  /// @param onward calls the next hops, at the addresses that calls name
  CallsHandler(Client onward) {
    this.onward = onward;
  }

  /// What makes and keeps such a client.
  static Client onward() {
    return Client.builder("127.0.0.1:1")
        .name(NAME)
        .protocol(Protocol.TTHEADER_FRAMED)
        .timeout(Duration.ofSeconds(8))
        .build();
  }

  /// The address of a hop, given as `host:port`.
  static SocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public Seen hop(List<String> route, int refusal) {
    var invocation = Invocation.current().orElseThrow();
    invocation.replyMetadata().put("ANSWERED", NAME);
    if (!route.isEmpty()) {
      return forward(seen(invocation), route, refusal);
    }
    if (refusal != 0) {
      throw new BusinessException(refusal, "no way, 不", Map.of("by", NAME));
    }
    return seen(invocation);
  }

  private static Seen seen(Invocation invocation) {
    return new Seen()
        .peer(NAME)
        .caller(invocation.origin().name())
        .timeoutMillis(TimeUnit.NANOSECONDS.toMillis(invocation.deadline().remainingNanos()))
        .transientValues(invocation.metadata().transientValues())
        .persistentValues(invocation.metadata().persistentValues());
  }

  private Seen forward(Seen seen, List<String> route, int refusal) {
    var backward = new HashMap<String, String>();
    var options =
        CallOptions.builder()
            .metadata(
                Metadata.builder().transientValue("HOP", NAME).persistentValue("VIA", NAME).build())
            .onReplyMetadata(backward::putAll)
            .address(address(route.getFirst()))
            .build();
    var next = Calls.on(onward.with(options)).hop(route.subList(1, route.size()), refusal);
    return seen.next(next).backwardValues(backward);
  }
}
