package io.windhover.rpc.transport;

import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.thrift.ObjectBudget;
import java.util.function.ToIntFunction;

/// One call that a [Transport] carries: from when its method is known until its reply is written.
/// The transport owns it, and closes it in any case. The server has no list of these: a transport
/// that is told to [cancel][ServedConnection#cancel] has to reach its own.
///
/// ```java
/// try (ServedCall call = calls.begin(head)) {
///   Object request = decode(call.method(), body, call.objects());
///   call.run(request, ending -> write(ending)); // on a virtual thread of the call's own
/// }
/// ```
public interface ServedCall extends AutoCloseable {

  /// Returns the method, whose codec reads the request and writes the result.
  Method<?> method();

  /// Returns the call as middleware and handler will see it. What they put into its [reply
  /// metadata][Invocation#replyMetadata] is for the transport to send.
  Invocation invocation();

  /// Returns the budget of the objects that the request is decoded to; what they take is given back
  /// when this is closed.
  ObjectBudget objects();

  /// Runs middleware and handler on this thread, which may block, and hands on how that ended. No
  /// longer counts as one that runs then, so that who gets the reply may call again at once.
  ///
  /// @param reply writes what the caller gets, on this thread, and returns how many bytes that has;
  ///   0 if it gets nothing, as that of a oneway method. If it throws, the call has failed by that,
  ///   and it is asked once more, to write how; what it throws then is thrown here, as is that the
  ///   connection is closed
  /// @throws IllegalStateException if it has run, or is closed
  void run(Object request, ToIntFunction<CallEnding> reply);

  /// Interrupts the call if it runs, and keeps it from running otherwise: its caller is gone, or
  /// the server stops. [#run] says so to its `reply`. Any thread; a second time changes nothing.
  void cancel();

  /// Gives back what the request and its objects were charged with, and its place if it has not
  /// run. Any thread, but not while the call runs, whose request still takes memory; a second time
  /// changes nothing.
  @Override
  void close();
}
