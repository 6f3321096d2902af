package io.windhover.rpc.server;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.Connection;
import io.windhover.rpc.codec.Detection;
import io.windhover.rpc.transport.ServedConnection;
import io.windhover.rpc.transport.ServerCalls;
import io.windhover.rpc.transport.Transport;
import io.windhover.rpc.wire.GuardedFrameCodec;
import java.util.function.Supplier;

/// Connections whose frames are of a codec of others: served as any that carry one call at a time.
record FrameCodecTransport(GuardedFrameCodec codec, Supplier<ServedConnection> maker)
    implements Transport {

  @Override
  public String name() {
    return codec.name();
  }

  @Override
  public Detection detect(Connection connection, LinkBuffer input) {
    return codec.detect(input);
  }

  @Override
  public ServedConnection serve(ServerCalls calls) {
    return maker.get();
  }
}
