import org.jspecify.annotations.NullMarked;

/// What generated Thrift code needs at run time. Depends on the link buffer alone.
@NullMarked
module io.windhover.thrift {
  requires static transitive org.jspecify;
  requires transitive io.windhover.buffer;

  exports io.windhover.thrift;
  exports io.windhover.thrift.call;
  exports io.windhover.thrift.descriptor;
  exports io.windhover.thrift.validation;
}
