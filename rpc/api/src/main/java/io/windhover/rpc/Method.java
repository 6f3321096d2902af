package io.windhover.rpc;

/// One method of an IDL service, as generated code describes it.
///
/// @param name the name in the IDL, which is the name on the wire
/// @param kind what goes to and fro
/// @param codec turns the messages into bytes and back
/// @param <C> the codec type of the payload family: for Thrift, `CallCodec`
public record Method<C>(String name, Kind kind, C codec) {

  /// What goes to and fro when a method is called.
  public enum Kind {
    /// One request, one reply.
    UNARY,
    /// One request and no reply.
    ONEWAY,
    /// A stream of messages from the client, then one reply.
    CLIENT_STREAM,
    /// One request, then a stream of messages from the server.
    SERVER_STREAM,
    /// Messages in both directions, in any order.
    BIDI_STREAM;

    public boolean isStream() {
      return this != UNARY && this != ONEWAY;
    }
  }

  /// A method without streams.
  public Method(String name, boolean oneway, C codec) {
    this(name, oneway ? Kind.ONEWAY : Kind.UNARY, codec);
  }

  /// Whether the caller gets no reply.
  public boolean oneway() {
    return kind == Kind.ONEWAY;
  }
}
