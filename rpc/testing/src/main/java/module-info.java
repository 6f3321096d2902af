import org.jspecify.annotations.NullMarked;

/// For tests of services and of those who call them.
@NullMarked
module io.windhover.rpc.testing {
  requires transitive io.windhover.rpc.core;
  requires static transitive org.junit.jupiter.api;
  requires static transitive org.jspecify;

  exports io.windhover.rpc.testing;
}
