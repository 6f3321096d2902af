import org.jspecify.annotations.NullMarked;

/// From a checked IDL to Java source: the generator, and the command line around it.
@NullMarked
module io.windhover.codegen {
  requires static org.jspecify;
  requires transitive io.windhover.idl;
  requires info.picocli;

  exports io.windhover.codegen;
  exports io.windhover.cli;

  opens io.windhover.cli to
      info.picocli;
}
