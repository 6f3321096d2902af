package io.windhover.bench.contestant;

import io.windhover.bench.harness.Contestant;
import io.windhover.bench.harness.Harness;
import io.windhover.rpc.Protocol;
import java.util.Map;
import java.util.function.Supplier;

/// The program: `Contestants server|client NAME PORT`.
public final class Contestants {

  static final Map<String, Supplier<Contestant>> BY_NAME =
      Map.of(
          "windhover-framed", () -> new Windhover(Protocol.FRAMED),
          "windhover-ttheader", () -> new Windhover(Protocol.TTHEADER),
          "netpoll-echo", NetpollEcho::new,
          "libthrift-selector", LibthriftSelector::new,
          "libthrift-pool", LibthriftPool::new,
          "grpc-java", GrpcJava::onDefaultExecutor,
          "grpc-java-virtual", GrpcJava::onVirtualThreads,
          "netty-echo", NettyEcho::inline,
          "netty-echo-virtual", NettyEcho::onVirtualThreads);

  private Contestants() {}

  public static void main(String[] args) {
    Harness.run(args, BY_NAME);
  }
}
