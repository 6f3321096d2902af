import org.jspecify.annotations.NullMarked;

/// HTTP/2 (RFC 9113) on netpoll.
@NullMarked
@SuppressWarnings("module") // the digit is the protocol's
module io.windhover.http2 {
  requires transitive io.windhover.netpoll;
  requires static transitive org.jspecify;

  exports io.windhover.http2;
  exports io.windhover.http2.frame;
  exports io.windhover.http2.hpack;
}
