import org.jspecify.annotations.NullMarked;

/// Texts of IDL files and messages about them: what the compilers of all IDLs share. Depends on
/// nothing but the JDK.
@NullMarked
@SuppressWarnings("module") // those named are compiled after this one
module io.windhover.source {
  requires static transitive org.jspecify;

  exports io.windhover.source;
  exports io.windhover.source.diff;
  exports io.windhover.source.layout to
      io.windhover.idl,
      io.windhover.proto;
  exports io.windhover.source.parse to
      io.windhover.idl,
      io.windhover.proto;
  exports io.windhover.source.trim;
}
