package io.windhover.rpc.server;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.Connection;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.Detection;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.function.Supplier;

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
    return detect(name(), input, () -> transport.detect(connection, input));
  }

  /// Passes over who fails, or cannot make up its mind.
  ///
  /// @throws IllegalStateException if it has changed the input, which is then of no use to others
  static Detection detect(String name, LinkBuffer input, Supplier<Detection> detection) {
    int size = input.size();
    var detected = Detection.OTHER;
    try {
      detected = detection.get();
    } catch (RuntimeException | LinkageError e) {
      LOG.log(Level.WARNING, name + " failed to look at a connection", e);
    }
    if (input.size() != size) {
      throw new IllegalStateException(name + " consumed what it looked at");
    }
    return detected == Detection.UNDECIDED && size >= MAX_UNDECIDED_BYTES
        ? Detection.OTHER
        : detected;
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
