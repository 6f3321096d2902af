package io.windhover.thriftgo;

import io.windhover.idl.Program;
import java.util.HashMap;
import java.util.Map;

/// Makes the syntax tree that plugins see from our model: the same that Thriftgo makes of the
/// files.
///
/// Where we accept more than Thriftgo does, the tree says what the files mean: an enum item without
/// its enum is a number, an annotation without a value has the value `1`. Only `uuid` cannot be
/// said.
public final class AstEncoder {
  private final Map<Program, Ast.Thrift> done = new HashMap<>();

  public AstEncoder() {}

  /// Returns the tree of a file, with those it includes inside.
  ///
  /// @throws PluginException if a type has no place in the tree
  public Ast.Thrift encode(Program program) {
    var known = done.get(program);
    if (known == null) {
      program.includes().forEach(this::encode); // first, so that the stack stays flat
      known = new FileEncoder(program, this::encode).file();
      done.put(program, known);
    }
    return known;
  }
}
