package io.windhover.rpc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Is told what happens to calls and can change nothing about it: where metrics and traces come
/// from.
///
/// ```
///   client   started (attempting connected sent received)* ended
///   server   started received handling handled sent ended
/// ```
///
/// All events of a call come on the thread that carries it, in this order, and those that do not
/// come to pass are left out: of a call that fails to connect there are `started`, `attempting` and
/// `ended`. How long a call has taken so far, each event can tell by [Invocation#elapsedNanos],
/// which looks at the clock once; who listens needs to remember nothing. Middleware lies between
/// `started` and `attempting`, and between `handling` and `handled`.
///
/// A stream is a call with any number of messages, each of which is told of by the thread that
/// sends or receives it, so that two events may come at once:
///
/// ```
///   client   started attempting connected (sent | received | connected)* ended
///   server   started handling (sent | received)* handled ended
/// ```
///
/// It is connected again if a server refuses it before it begins, where the protocol lets it go
/// elsewhere then; what it sends is told of once.
///
/// The end of a stream is told to a client when it receives the end, when receiving fails, or when
/// it closes the stream, whichever comes first: a stream that nobody receives from and nobody
/// closes has none.
///
/// Of calls and streams within one process the server's events come, with sizes of 0: there are no
/// bytes. A request that becomes no call, since it cannot be read, its method is unknown, the
/// server is full or a [MetadataHandler] refuses it, is not told of.
///
/// Called from many threads at once, and in the way of the call: to be quick is the listener's
/// part. What it throws, Errors too, is logged once a second, and the call goes on.
public interface CallListener {

  /// Listens to nothing, and costs nothing.
  CallListener NONE = new CallListener() {};

  /// A call has begun: on a client before anything else, on a server once its arguments are read.
  default void started(Invocation call) {}

  /// An attempt at the call begins, on a client: a connection is asked for.
  default void attempting(Invocation call) {}

  /// The attempt has a connection.
  default void connected(Invocation call) {}

  /// On a client, the request is encoded and goes out now; on a server the reply, which may be an
  /// error. Of a stream, the next message from here.
  ///
  /// @param bytes of the whole message, its header included
  default void sent(Invocation call, int bytes) {}

  /// On a client, the reply is here and is decoded next; on a server, so big was the request. Of a
  /// stream, the next message for this side, which was asked for and is decoded next.
  ///
  /// @param bytes of the whole message, its header included
  default void received(Invocation call, int bytes) {}

  /// On a server, the handler and the middleware around it begin.
  default void handling(Invocation call) {}

  /// On a server, they have ended.
  ///
  /// @param failure what they threw; null if they returned
  default void handled(Invocation call, @Nullable Throwable failure) {}

  /// The call is over: on a server, what there is to send is encoded. The last event.
  ///
  /// @param failure why there is no result: on a client an [RpcException], or the
  ///   [BusinessException] with which the method said no; null if there is one, which may be an
  ///   exception that the IDL declares
  default void ended(Invocation call, @Nullable Throwable failure) {}

  /// Returns one that tells all of these, in their order, whatever one of them throws.
  static CallListener of(List<CallListener> listeners) {
    return listeners.isEmpty() ? NONE : new GuardedListeners(listeners);
  }
}
