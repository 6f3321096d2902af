package io.windhover.rpc.transport;

import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Method;
import io.windhover.thrift.ObjectBudget;
import java.util.function.Consumer;

/// One stream that a [Transport] carries: from when its method is known until it has ended. The
/// transport owns it, and closes it in any case; as with a [ServedCall], the server has no list.
///
/// ```java
/// try (ServedStreamCall call = calls.open(head)) {
///   call.run(stream, ending -> end(ending)); // on a virtual thread of the stream's own
/// }
/// ```
public interface ServedStreamCall extends AutoCloseable {

  /// Returns the method, whose codec reads and writes the messages.
  Method<?> method();

  /// Returns the call as middleware and handler will see it. The metadata of replies is that of the
  /// stream: [MessageStream#header], [MessageStream#trailer].
  Invocation invocation();

  /// Returns the budget of the objects that the next message is decoded to. What those of the one
  /// before have taken is given back by that, and the rest when this is closed.
  ObjectBudget objects();

  /// Tells the server's listener of a message that leaves.
  void sent(int bytes);

  /// Tells the server's listener of a message that its handler gets.
  void received(int bytes);

  /// Runs middleware and handler on this thread, which may block, and hands on how that ended. No
  /// longer counts as one that runs then, so that the client may open another at once.
  ///
  /// @param stream the server's side; what it throws at the handler is the transport's to say
  /// @param end tells the client, on this thread. If it throws, the stream has failed by that, and
  ///   it is asked once more, as with a [call][ServedCall#run]
  /// @throws IllegalStateException if it has run, or is closed
  void run(MessageStream stream, Consumer<CallEnding> end);

  /// Interrupts the handler if it runs, and keeps it from running otherwise: the stream has ended
  /// before it, or the server stops. Any thread; a second time changes nothing.
  void cancel();

  /// Gives back what the objects were charged with, and its place if it has not run. Any thread,
  /// but not while the handler runs; a second time changes nothing.
  @Override
  void close();
}
