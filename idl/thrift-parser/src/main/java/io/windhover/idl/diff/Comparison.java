package io.windhover.idl.diff;

import io.windhover.idl.Constant;
import io.windhover.idl.Definition;
import io.windhover.idl.EnumType;
import io.windhover.idl.Program;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.Typedef;
import io.windhover.idl.ast.Namespace;
import io.windhover.idl.ast.Node;
import io.windhover.source.diff.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;

/// Compares two versions of an IDL.
public final class Comparison {
  private final Changes changes = new Changes();
  private final Pairs pairs;
  private final TypeComparison types;

  private Comparison(Program before, Program after) {
    pairs = new Pairs(before, after);
    types = new TypeComparison(pairs);
  }

  /// Compares two files and all that they include.
  ///
  /// @return file by file, each in the order of its old version, what is new behind it
  public static List<Change> of(Program before, Program after) {
    var comparison = new Comparison(before, after);
    comparison.pairs.all().forEach(comparison::compare);
    return comparison.changes.found();
  }

  private void compare(Program before, Program after) {
    compareNamespaces(before, after);
    compareIncludes(before, after);
    Map<String, Definition> byName = new HashMap<>();
    after.definitions().forEach(it -> byName.put(it.name(), it));
    for (Definition old : before.definitions()) {
      Definition now = byName.remove(old.name());
      if (now == null) {
        String message = old.noun() + " is gone";
        changes.add(removed(old), old.name(), message, old.syntax().name(), null);
      } else {
        compare(old, now);
      }
    }
    for (Definition now : after.definitions()) {
      if (byName.containsKey(now.name())) {
        String message = now.noun() + " is new";
        changes.add(ThriftChange.DEFINITION_ADDED, now.name(), message, null, now.syntax().name());
      }
    }
  }

  private void compareNamespaces(Program before, Program after) {
    SequencedSet<String> scopes = new TreeSet<>();
    before.syntax().namespaces().forEach(it -> scopes.add(it.scope()));
    after.syntax().namespaces().forEach(it -> scopes.add(it.scope()));
    for (String scope : scopes) {
      var old = before.namespace(scope).orElse("none");
      var now = after.namespace(scope).orElse("none");
      if (!old.equals(now)) {
        changes.add(
            ThriftChange.NAMESPACE_CHANGED,
            "namespace " + scope,
            "is %s, was %s".formatted(now, old),
            namespace(before, scope),
            namespace(after, scope));
      }
    }
  }

  private static Node namespace(Program program, String scope) {
    return program.syntax().namespaces().stream()
        .filter(it -> it.scope().equals(scope))
        .findFirst()
        .<Node>map(Namespace::name)
        .orElse(program.syntax());
  }

  private void compareIncludes(Program before, Program after) {
    for (Program old : before.includes()) {
      if (pairs.counterpart(old) == null) {
        String message = "file is included no more";
        changes.add(
            ThriftChange.INCLUDE_REMOVED, old.name(), message, old.syntax(), after.syntax());
      }
    }
    for (Program now : after.includes()) {
      if (!pairs.all().containsValue(now)) {
        String message = "file is included now";
        changes.add(ThriftChange.INCLUDE_ADDED, now.name(), message, before.syntax(), now.syntax());
      }
    }
  }

  private void compare(Definition before, Definition after) {
    if (before.getClass() != after.getClass()) {
      compareKinds(before, after);
      if (before instanceof Service) {
        add(ThriftChange.SERVICE_REMOVED, "service is gone", before, after);
      }
      return;
    }
    switch (before) {
      case Constant old -> compareConstants(old, (Constant) after);
      case EnumType old -> new EnumComparison(changes).compare(old, (EnumType) after);
      case Service old ->
          new ServiceComparison(pairs, types, changes).compare(old, (Service) after);
      case StructType old -> compareStructs(old, (StructType) after);
      case Typedef old -> compareTypedefs(old, (Typedef) after);
    }
  }

  private void compareTypedefs(Typedef before, Typedef after) {
    if (types.compare(before, after) != TypeComparison.Result.SAME) {
      String message = TypeText.change(before.trueType(), after.trueType());
      add(ThriftChange.TYPEDEF_CHANGED, message, before, after);
    }
  }

  private void compareStructs(StructType before, StructType after) {
    if (before.kind() != after.kind()) {
      compareKinds(before, after);
    }
    new FieldComparison(types, changes).compare(FieldRole.of(before), before.name(), before, after);
  }

  private void compareConstants(Constant before, Constant after) {
    if (types.compare(before.type(), after.type()) != TypeComparison.Result.SAME) {
      String message = TypeText.change(before.type(), after.type());
      add(ThriftChange.CONST_TYPE_CHANGED, message, before, after);
    }
    var old = ValueText.of(before.value());
    var now = ValueText.of(after.value());
    if (!old.equals(now)) {
      add(ThriftChange.CONST_CHANGED, "is %s, was %s".formatted(now, old), before, after);
    }
  }

  private void compareKinds(Definition before, Definition after) {
    add(
        ThriftChange.KIND_CHANGED,
        "is %s, was %s".formatted(after.noun(), before.noun()),
        before,
        after);
  }

  private void add(ThriftChange rule, String message, Definition before, Definition after) {
    changes.add(rule, before.name(), message, before.syntax().name(), after.syntax().name());
  }

  private static ThriftChange removed(Definition definition) {
    return switch (definition) {
      case Constant _ -> ThriftChange.CONST_REMOVED;
      case EnumType _ -> ThriftChange.ENUM_REMOVED;
      case Service _ -> ThriftChange.SERVICE_REMOVED;
      case StructType _ -> ThriftChange.STRUCT_REMOVED;
      case Typedef _ -> ThriftChange.TYPEDEF_REMOVED;
    };
  }
}
