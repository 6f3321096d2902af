import org.jspecify.annotations.NullMarked;

/// Bytes in pooled nodes, and lists of numbers. Depends on nothing but the JDK.
@NullMarked
module io.windhover.buffer {
  requires static org.jspecify;

  exports io.windhover.buffer;
  exports io.windhover.buffer.list;
}
