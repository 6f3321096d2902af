package io.windhover.rpc.transport;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.Method;
import org.jspecify.annotations.Nullable;

/// What a [Transport] may ask of its server: to find a method and to run a call of it, through the
/// server's middleware, within its deadline and its limits. For any thread. The server implements
/// it, or a test of a transport.
public interface ServerCalls {

  /// Returns the most bytes that a message may have; what is larger is to be refused before it is
  /// kept. No frame that the transport cuts may be larger either, unless its
  /// [Transport#maxFrameBytes] says so.
  int maxMessageBytes();

  /// Whether the server is about to close its connections, so that replies may say so.
  boolean isStopping();

  /// Begins a call whose request is here: finds its method, and sets its deadline, counted from
  /// now. It is to be [closed][ServedCall#close], whether it runs or not.
  ///
  /// Any thread, pollers too: it does not block.
  ///
  /// @throws ApplicationException which the caller is to be told, if there is no such service (20)
  ///   or method (1), or no room for the call ([ApplicationException#OVERLOADED]); there is nothing
  ///   to close then
  ServedCall begin(CallHead head);

  /// The same for a stream, whose deadline is only what its client says: the server's timeouts are
  /// for calls. [CallHead#bytes] are not charged.
  ServedStreamCall open(CallHead head);

  /// Returns the method that such names mean, be it one of calls or of streams, for a protocol that
  /// does not say which. Any thread, pollers too.
  ///
  /// @param service null if the caller names none
  /// @throws ApplicationException as of [#begin]
  Method<?> find(@Nullable String service, String method);
}
