package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.tls.TlsSession;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;

/// A non-blocking stream socket of a back end.
interface PolledSocket {

  /// Told by the poller, on its thread, what a socket can do: a connection, a listener, whoever
  /// connects. A connection that waits to be accepted makes a listener readable.
  interface Owner {
    void readable();

    void writable();

    /// The peer has ended its side, behind what is there to be read. Told before [#readable], and
    /// not by every back end: otherwise reading finds out.
    default void endArrived() {}

    /// The peer has reset the socket. Told only while neither of the above is asked for, and not by
    /// every back end: otherwise reading or writing finds out.
    default void broken() {}

    /// Called at every sweep of the poller, for timeouts.
    void sweep(long nowNanos);

    /// Asked to end in good order: to send what is left, and to close then.
    void drain();

    /// The poller closes.
    void shutDown();
  }

  SocketAddress localAddress();

  SocketAddress remoteAddress();

  /// Returns what TLS has agreed on; empty for a plain socket.
  default Optional<TlsSession> tls() {
    return Optional.empty();
  }

  /// Reads once. On the poller only.
  ///
  /// @return bytes read, 0 if there are none now, -1 at the end
  int read(LinkBuffer into) throws IOException;

  /// Writes once what the kernel takes now, and consumes it. One thread at a time.
  void write(LinkBuffer from) throws IOException;

  /// Lets the system find out that the peer is gone without a word. Once it is adopted.
  default void keepAlive(KeepAlive keepAlive) throws IOException {}

  /// Bytes that wait for the kernel in the socket itself, such as cipher text. Any thread.
  default int unsentBytes() {
    return 0;
  }

  /// Bytes that have arrived and wait in the socket itself for their rest, such as the beginning of
  /// a record. On the poller only.
  default int recordBytes() {
    return 0;
  }

  /// Lets the kernel keep what is written from now on until the socket closes, or for a fifth of a
  /// second, if it can. Any thread.
  default void holdBack() {}

  /// Which readiness the owner hears of. On the poller only.
  void interest(boolean readable, boolean writable);

  /// Says that what was written is all, if the protocol has a word for that; an aborted connection
  /// is closed without it. Nothing is written afterwards. On the poller only.
  default void end() throws IOException {}

  /// Tells the peer that nothing more comes. On the poller only.
  void shutdownOutput() throws IOException;

  /// On the poller only.
  void close();
}
