package io.windhover.rpc.server;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.Connection;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.Detection;
import java.lang.System.Logger.Level;
import java.util.Objects;

/// A transport of others: what goes wrong in it is logged under its name, and costs no more than a
/// connection.
record GuardedTransport(Transport transport) implements Transport {

  /// What a connection may send without telling its protocol: more than HTTP/2's 24 bytes.
  private static final int MAX_UNDECIDED_BYTES = 64;

  private static final System.Logger LOG = System.getLogger(GuardedTransport.class.getName());

  @Override
  public String name() {
    return transport.name();
  }

  @Override
  public Detection detect(Connection connection, LinkBuffer input) {
    int size = input.size();
    Detection detection;
    try {
      detection = transport.detect(connection, input);
    } catch (RuntimeException | LinkageError e) {
      LOG.log(Level.WARNING, "transport " + name() + " failed to look at a connection", e);
      detection = Detection.OTHER;
    }
    if (input.size() != size) {
      throw new IllegalStateException("transport %s consumed what it looked at".formatted(name()));
    }
    return detection == Detection.UNDECIDED && size >= MAX_UNDECIDED_BYTES
        ? Detection.OTHER
        : detection;
  }

  @Override
  public ServedConnection serve(ServerCalls calls) {
    try {
      var served = Objects.requireNonNull(transport.serve(calls), "null");
      return new GuardedConnection(name(), served, calls.maxMessageBytes());
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalStateException("transport %s serves no connection".formatted(name()), e);
    }
  }

  @Override
  public boolean carries(Method<?> method) {
    return transport.carries(method);
  }
}
