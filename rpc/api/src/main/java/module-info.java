import org.jspecify.annotations.NullMarked;

/// The vocabulary of a call. Depends on nothing but the JDK.
@NullMarked
module io.windhover.rpc {
  requires static transitive org.jspecify;

  exports io.windhover.rpc;
}
