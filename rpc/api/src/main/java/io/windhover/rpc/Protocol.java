package io.windhover.rpc;

/// How a message travels. A server answers each request in the protocol of the request; a client
/// chooses one.
public enum Protocol {
  /// A bare Thrift strict-binary message without a length. For old peers: it carries no metadata,
  /// and its end can be found only by reading all of it.
  BUFFERED,
  /// A 4-byte length, then the Thrift message. What Kitex clients use unless told otherwise.
  FRAMED,
  /// A TTHeader frame around a bare Thrift message. Carries the service's name, the deadline and
  /// metadata.
  TTHEADER,
  /// A TTHeader frame around a framed Thrift message.
  TTHEADER_FRAMED
}
