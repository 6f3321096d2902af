package io.windhover.rpc.transport;

import io.windhover.netpoll.FrameHandler;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/// The client's end of a connection of a [ClientTransport], which carries many calls and streams at
/// a time.
///
/// What a [FrameHandler] has is called on the connection's poller, one at a time, from `opened` to
/// `closed`. All else may be called by any thread once it is open, and meanwhile.
///
/// What a method throws that it does not name here closes the connection: a call or a stream that
/// asked for it fails with an [RpcException][io.windhover.rpc.RpcException] that names the
/// transport, anywhere else it goes into the log. The calls under way are told by
/// [closed][FrameHandler#closed], as ever. Of what has come from the server, a
/// [MalformedMessageException][io.windhover.rpc.codec.MalformedMessageException] says that it is at
/// fault, which is nothing to warn of.
public interface CallingConnection extends FrameHandler {

  /// Waits until the server has said that it serves this protocol, for those where it does so by
  /// itself: only then the connection counts as made, or if it is the call that dials which has no
  /// more time. If it does not, that is a dial that has failed, with its pause before the next one;
  /// so a proxy that takes connections in the place of servers that are away is no server. Asked
  /// once, after `opened` and before anything else, on a virtual thread of its own, which is
  /// interrupted when that is late.
  ///
  /// @param timeout what is left of connecting
  /// @throws java.net.SocketTimeoutException if it has not done so in time
  /// @throws NotServedException if it serves something else, or has closed the connection
  /// @throws IOException if it failed in any other way
  default void awaitReady(Duration timeout) throws IOException, InterruptedException {}

  /// Whether another call or stream may begin, as far as is known. False before `opened` and after
  /// `closed`.
  boolean isOpen();

  /// Returns how many calls and streams are under way, or wait for the server to allow them.
  int load();

  /// Returns how many the server allows at a time, as far as is known: if there are as many,
  /// another connection is wanted.
  default int room() {
    return Integer.MAX_VALUE;
  }

  /// Carries one attempt at a call: sends the request and waits for the reply, within the
  /// invocation's deadline. What the server says besides goes into its [reply
  /// metadata][Invocation#replyMetadata].
  ///
  /// @param request as the method's codec has it
  /// @return the method's result, with a declared IDL exception as an ordinary value
  /// @throws NotBegunException if the server has not begun with it, nor will: it may be tried on
  ///   another connection
  /// @throws TimeoutException if the deadline passed, once the call has been given up
  /// @throws InterruptedException likewise
  /// @throws io.windhover.rpc.BusinessException if that is the server's answer
  /// @throws io.windhover.rpc.RpcException if it failed in any other way
  Object call(Invocation invocation, Object request)
      throws NotBegunException, TimeoutException, InterruptedException;

  /// Opens a stream.
  ///
  /// @throws NotBegunException if none can be opened here any more
  /// @throws TimeoutException if there was no room for it before the deadline
  MessageStream open(Invocation invocation)
      throws NotBegunException, TimeoutException, InterruptedException;

  /// Begins a stream here that another connection of the same transport has opened, and with which
  /// the server has surely not begun: the stream has asked its [Reopener] for that, which asks on
  /// the same thread.
  ///
  /// @param stream as [#open] has returned it there
  /// @throws NotBegunException if none can be opened here any more
  /// @throws TimeoutException if there was no room for it before the deadline
  default void reopen(MessageStream stream)
      throws NotBegunException, TimeoutException, InterruptedException {
    throw new UnsupportedOperationException("a stream that begins once");
  }

  /// Takes no more, and closes once the last call or stream has ended.
  void leave();
}
