package io.windhover.rpc;

/// One method of an IDL service, as generated code describes it.
///
/// @param name the name in the IDL, which is the name on the wire
/// @param kind what goes to and fro
/// @param codec turns the messages into bytes and back
/// @param packageName package of the IDL file that has it, if that is a part of its service's [full
///   name][#fullName]; else empty
/// @param <C> the codec type of the payload family: for Thrift, `CallCodec`
public record Method<C>(String name, Kind kind, C codec, String packageName) {

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

  /// A method of a service whose name has no package.
  public Method(String name, Kind kind, C codec) {
    this(name, kind, codec, "");
  }

  /// A method without streams, of a service whose name has no package.
  public Method(String name, boolean oneway, C codec) {
    this(name, oneway ? Kind.ONEWAY : Kind.UNARY, codec);
  }

  /// Returns the name by which gRPC knows a service with this method: with the package of a
  /// `.proto` file, which Kitex' own protocols leave out. A name with a dot in it is whole already.
  ///
  /// @param service the name in the IDL, or that somebody has given it
  public String fullName(String service) {
    return packageName.isEmpty() || service.indexOf('.') >= 0
        ? service
        : packageName + "." + service;
  }

  /// Whether the caller gets no reply.
  public boolean oneway() {
    return kind == Kind.ONEWAY;
  }
}
