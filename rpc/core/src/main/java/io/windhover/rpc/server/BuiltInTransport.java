package io.windhover.rpc.server;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.Connection;
import io.windhover.rpc.codec.Detection;
import io.windhover.rpc.transport.ServedConnection;
import io.windhover.rpc.transport.ServerCalls;
import io.windhover.rpc.transport.Transport;
import io.windhover.rpc.wire.ConnectionKind;
import java.util.function.Supplier;

/// One of the kinds of connections that every server serves.
record BuiltInTransport(ConnectionKind kind, Supplier<ServedConnection> maker)
    implements Transport {

  @Override
  public String name() {
    return kind.toString();
  }

  @Override
  public Detection detect(Connection connection, LinkBuffer input) {
    var found = ConnectionKind.of(input);
    if (found == null) {
      return Detection.UNDECIDED;
    }
    return found == kind ? Detection.OURS : Detection.OTHER;
  }

  @Override
  public ServedConnection serve(ServerCalls calls) {
    return maker.get();
  }
}
