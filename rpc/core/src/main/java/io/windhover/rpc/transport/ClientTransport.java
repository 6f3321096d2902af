package io.windhover.rpc.transport;

import io.windhover.rpc.CallListener;
import io.windhover.rpc.Method;
import java.util.List;

/// A protocol of a client that is not one of frames with a message each: it carries calls and
/// streams, many at a time, over connections of its own kind. The client dials these, by its
/// [dialler][io.windhover.rpc.pool.Dialler] and as its options say, and shares them among all.
///
/// For any thread.
public interface ClientTransport {

  /// Returns the name that options and errors show.
  String name();

  /// Returns the names of this protocol for ALPN, the preferred one first. A client that is secured
  /// offers them, unless its [TlsOptions][io.windhover.netpoll.tls.TlsOptions] name some
  /// themselves.
  default List<String> applicationProtocols() {
    return List.of();
  }

  /// Whether it carries calls or streams of this method. Asked for each.
  boolean carries(Method<?> method);

  /// Returns the handler of a connection that is about to be dialled.
  ///
  /// @param use what the client wants of all its connections
  CallingConnection connection(Use use);

  /// What a client wants of the connections of a transport.
  ///
  /// @param maxMessageBytes that a request or a reply may have
  /// @param listener to be told of the bytes of each message: [CallListener#sent],
  ///   [CallListener#received]
  /// @param reopener for streams that the server refuses, if the transport lets them begin again
  record Use(int maxMessageBytes, CallListener listener, Reopener reopener) {}
}
