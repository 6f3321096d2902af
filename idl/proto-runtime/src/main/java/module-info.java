import org.jspecify.annotations.NullMarked;

/// What messages need at run time that are generated from `.proto` files. Depends on the link
/// buffer alone.
@NullMarked
module io.windhover.protobuf {
  requires static transitive org.jspecify;
  requires transitive io.windhover.buffer;

  exports io.windhover.protobuf;
}
