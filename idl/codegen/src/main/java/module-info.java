import org.jspecify.annotations.NullMarked;

/// From a checked IDL to Java source: the generator, its plugins, and the command line around it.
@NullMarked
module io.windhover.codegen {
  requires static org.jspecify;
  requires transitive io.windhover.idl;
  requires transitive io.windhover.proto;
  requires info.picocli;
  requires jdk.compiler;

  exports io.windhover.codegen;
  exports io.windhover.codegen.proto;
  exports io.windhover.cli;
  exports io.windhover.plugin;

  opens io.windhover.cli to
      info.picocli;
}
