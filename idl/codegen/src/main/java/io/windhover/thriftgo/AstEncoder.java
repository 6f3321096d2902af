package io.windhover.thriftgo;

import io.windhover.idl.Program;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes the syntax tree that plugins see from our model: the same that Thriftgo makes of the
/// files.
///
/// Where we accept more than Thriftgo does, the tree says what the files mean: an enum item without
/// its enum is a number, an annotation without a value has the value `1`. Only `uuid` cannot be
/// said.
public final class AstEncoder {
  private final Map<Program, Names> names = new HashMap<>();
  private final Map<Program, Ast.Thrift> trees = new HashMap<>();

  public AstEncoder() {}

  /// Returns the tree of a file, with those it includes inside.
  ///
  /// @throws PluginException if a type has no place in the tree
  public Ast.Thrift encode(Program program) {
    var pending = new ArrayDeque<>(List.of(program)); // a chain of includes may be long
    while (!pending.isEmpty()) {
      var next = pending.peek();
      var missing = next.includes().stream().filter(it -> !trees.containsKey(it)).toList();
      if (missing.isEmpty()) {
        pending.pop();
        trees.computeIfAbsent(next, this::file);
      } else {
        missing.forEach(pending::push);
      }
    }
    return tree(program);
  }

  /// Returns the tree of a file whose includes have theirs.
  private Ast.Thrift file(Program program) {
    var own = new Names(program, it -> Objects.requireNonNull(names.get(it)));
    names.put(program, own);
    return new FileEncoder(program, own, this::tree).file();
  }

  private Ast.Thrift tree(Program program) {
    return Objects.requireNonNull(trees.get(program));
  }
}
