import org.jspecify.annotations.NullMarked;

/// `.proto` files: text in, checked descriptors out. Depends on the JDK and on what the compilers
/// of all IDLs share.
@NullMarked
module io.windhover.proto {
  requires transitive io.windhover.source;
  requires static org.jspecify;

  exports io.windhover.proto;
  exports io.windhover.proto.ast;
  exports io.windhover.proto.diff;
  exports io.windhover.proto.dump;
  exports io.windhover.proto.format;
  exports io.windhover.proto.lint;
  exports io.windhover.proto.rule;
  exports io.windhover.proto.source;
  exports io.windhover.proto.trim;
}
