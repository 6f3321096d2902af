import org.jspecify.annotations.NullMarked;

/// `.proto` files: text in, checked descriptors out. Depends on nothing but the JDK.
@NullMarked
module io.windhover.proto {
  requires static org.jspecify;

  exports io.windhover.proto;
  exports io.windhover.proto.ast;
  exports io.windhover.proto.source;
}
