package io.windhover.rpc.pool;

import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.FrameHandler;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;

/// Makes the connections of a client, those for calls and those for streams. A client has its own,
/// which is that of [io.windhover.netpoll.PollerGroup#dial];
/// [io.windhover.rpc.client.ClientBuilder#dialler] puts another around it, or in its place.
///
/// For any thread, several at once. One of the user's runs on a virtual thread for each dial, not
/// on its caller's: it may wait, and finds nothing there that is bound to the call.
///
/// Who breaks this contract fails the calls that needed the connection, never others: what is
/// thrown besides an IOException, be it an Error, or a return without a word to the handler, counts
/// as a failed dial, with its pause before the next one. A dialler that waits beyond the timeout is
/// interrupted and given up 50 ms later, so that its call may end so much after its deadline, and
/// what it connects after that is closed; if it heeds neither time nor interrupts, its thread
/// stays. Only what the virtual machine is at a loss for, such as an OutOfMemoryError, passes as it
/// is.
@FunctionalInterface
public interface Dialler {

  /// Connects, tells `handler` of the connection by [FrameHandler#opened], and returns after that.
  /// From then on the connection does what its interface says, and calls the handler as that one
  /// says: one method at a time, [FrameHandler#closed] last and once. Whether a connection is
  /// closed that is unused for long is up to it.
  ///
  /// @param address as the client or the call names it; a host name is not looked up yet
  /// @param timeout for all of it, positive
  /// @param options how the client wants its connections, TLS among it
  /// @throws java.net.SocketTimeoutException if it took too long
  /// @throws java.io.InterruptedIOException if the thread was interrupted
  /// @throws IOException if it failed in any other way; the handler was not called then
  void dial(
      SocketAddress address, Duration timeout, ConnectionOptions options, FrameHandler handler)
      throws IOException;
}
