package io.windhover.rpc.transport;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.Connection;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.Detection;
import io.windhover.rpc.codec.MalformedMessageException;
import java.util.List;

/// A protocol that has connections to itself, on the port of all others: its first bytes choose it,
/// and from then on all that arrives goes to what it [serves][#serve] the connection with.
///
/// Called on pollers, for many connections at once: it must not block. What it throws, and a frame
/// larger than the server's limit, costs the connection, and the log names the transport; at DEBUG
/// if it is up to the peer: a [MalformedMessageException], reading past the end, a frame that is
/// too large or has less than 0 bytes.
public interface Transport {

  /// Returns the name that logs show. Asked once.
  String name();

  /// Returns the names of this protocol for ALPN, the preferred one first. A server that is secured
  /// offers those of all its transports, unless its
  /// [TlsOptions][io.windhover.netpoll.tls.TlsOptions] name some themselves; to clients without
  /// ALPN it goes on to speak.
  default List<String> applicationProtocols() {
    return List.of();
  }

  /// Whether a connection is of this protocol. Transports are asked in the order in which they were
  /// added, and before what is built in; one that throws is passed over. To read past the end says
  /// [Detection#UNDECIDED], and a [MalformedMessageException] [Detection#OTHER].
  ///
  /// @param connection whose TLS session, if it has one, tells what ALPN chose
  /// @param input what has arrived, at least one byte; to look at only
  Detection detect(Connection connection, LinkBuffer input);

  /// Returns what serves one connection. It is told of it by
  /// [opened][io.windhover.netpoll.FrameHandler#opened], and then of all that has arrived.
  ///
  /// @param calls what may be asked of the server; for any thread, until the server has stopped
  ServedConnection serve(ServerCalls calls);

  /// Whether it carries calls of this method; asked when the server starts, so that a service may
  /// have it: a method of Thrift is always welcome, others are only if something on the server
  /// carries them.
  default boolean carries(Method<?> method) {
    return false;
  }

  /// Returns the most bytes that a frame may have, which is what a message may have unless this
  /// says otherwise: for protocols whose frames are no messages. Asked for each connection.
  ///
  /// @param maxMessageBytes of the server
  default int maxFrameBytes(int maxMessageBytes) {
    return maxMessageBytes;
  }
}
