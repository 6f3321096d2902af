package io.windhover.bench.contestant;

import io.windhover.bench.harness.Contestant;
import io.windhover.bench.harness.Harness;
import io.windhover.netpoll.Backend;
import io.windhover.rpc.Protocol;
import java.util.Map;
import java.util.function.Supplier;

/// The program: `Contestants server|client NAME PORT`.
public final class Contestants {

  static final Map<String, Supplier<Contestant>> BY_NAME =
      Map.ofEntries(
          Map.entry("windhover-framed", () -> Windhover.pooled(Protocol.FRAMED)),
          Map.entry(
              "windhover-framed-observed", () -> Windhover.pooled(Protocol.FRAMED).observed()),
          Map.entry(
              "windhover-framed-pollers", () -> Windhover.pooled(Protocol.FRAMED).onPollers()),
          Map.entry("windhover-ttheader", () -> Windhover.pooled(Protocol.TTHEADER)),
          Map.entry("windhover-mux", Windhover::onOneConnection),
          Map.entry("windhover-mux-observed", () -> Windhover.onOneConnection().observed()),
          Map.entry("windhover-streams", WindhoverStreams::new),
          Map.entry("windhover-grpc", WindhoverGrpc::new),
          Map.entry("netpoll-echo", () -> NetpollEcho.inline(Backend.EPOLL)),
          Map.entry("netpoll-echo-nio", () -> NetpollEcho.inline(Backend.NIO)),
          Map.entry("netpoll-echo-virtual", NetpollEcho::onVirtualThreads),
          Map.entry("libthrift-selector", LibthriftSelector::new),
          Map.entry("libthrift-pool", LibthriftPool::new),
          Map.entry("grpc-java", GrpcJava::onDefaultExecutor),
          Map.entry("grpc-java-virtual", GrpcJava::onVirtualThreads),
          Map.entry("blocking-echo", BlockingEcho::new),
          Map.entry("netty-echo", NettyEcho::inline),
          Map.entry("netty-echo-virtual", NettyEcho::onVirtualThreads));

  private Contestants() {}

  public static void main(String[] args) {
    Harness.run(args, BY_NAME);
  }
}
