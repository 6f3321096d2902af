import org.jspecify.annotations.NullMarked;

/// For tests of what uses netpoll.
@NullMarked
module io.windhover.netpoll.testing {
  requires transitive io.windhover.netpoll;
  requires static transitive org.jspecify;

  exports io.windhover.netpoll.testing;
}
