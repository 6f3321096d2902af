import org.jspecify.annotations.NullMarked;

/// Pollers, connections, listener and dialer.
@NullMarked
module io.windhover.netpoll {
  requires transitive io.windhover.buffer;
  requires jdk.net;
  requires static transitive org.jspecify;

  exports io.windhover.netpoll;
  exports io.windhover.netpoll.tls;
}
