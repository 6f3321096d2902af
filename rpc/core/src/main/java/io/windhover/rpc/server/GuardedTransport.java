package io.windhover.rpc.server;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.Connection;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.Detection;
import io.windhover.rpc.transport.ServedConnection;
import io.windhover.rpc.transport.ServerCalls;
import io.windhover.rpc.transport.Transport;
import io.windhover.rpc.wire.Guard;
import java.util.List;

/// A transport of others: what goes wrong in it is logged under its name, and costs no more than a
/// connection.
final class GuardedTransport implements Transport {

  private final Transport transport;
  private final String name;
  private final Guard guard;

  GuardedTransport(Transport transport) {
    this.transport = transport;
    this.name = transport.name();
    this.guard = new Guard("transport " + name);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> applicationProtocols() {
    return guard.run("applicationProtocols", () -> List.copyOf(transport.applicationProtocols()));
  }

  @Override
  public Detection detect(Connection connection, LinkBuffer input) {
    return guard.detect(input, () -> transport.detect(connection, input));
  }

  @Override
  public ServedConnection serve(ServerCalls calls) {
    int maxFrameBytes = maxFrameBytes(calls.maxMessageBytes());
    var served = guard.run("serve", () -> transport.serve(calls));
    return new GuardedConnection(guard, served, maxFrameBytes);
  }

  @Override
  public int maxFrameBytes(int maxMessageBytes) {
    int bytes = guard.run("maxFrameBytes", () -> transport.maxFrameBytes(maxMessageBytes));
    if (bytes <= 0) {
      throw guard.mistake("has frames of at most %d bytes".formatted(bytes));
    }
    return bytes;
  }

  @Override
  public boolean carries(Method<?> method) {
    return guard.run("carries", () -> transport.carries(method));
  }
}
