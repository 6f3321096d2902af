import org.jspecify.annotations.NullMarked;

/// The Thrift IDL compiler's front end: text in, checked model out. Depends on the JDK and on what
/// the compilers of all IDLs share.
@NullMarked
module io.windhover.idl {
  requires transitive io.windhover.source;
  requires static org.jspecify;

  exports io.windhover.idl;
  exports io.windhover.idl.ast;
  exports io.windhover.idl.diff;
  exports io.windhover.idl.dump;
  exports io.windhover.idl.format;
  exports io.windhover.idl.rule;
  exports io.windhover.idl.trim;
  exports io.windhover.idl.validation;
}
