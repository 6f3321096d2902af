package io.windhover.idl;

import io.windhover.idl.TrueType.ListType;
import io.windhover.idl.TrueType.MapType;
import io.windhover.idl.TrueType.SetType;
import io.windhover.idl.ast.BoolLiteral;
import io.windhover.idl.ast.ConstValue;
import io.windhover.idl.ast.DoubleLiteral;
import io.windhover.idl.ast.IdentifierValue;
import io.windhover.idl.ast.IntLiteral;
import io.windhover.idl.ast.ListLiteral;
import io.windhover.idl.ast.MapEntry;
import io.windhover.idl.ast.MapLiteral;
import io.windhover.idl.ast.StringLiteral;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.parse.Diagnostics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks the values written in one file against the types they are for.
///
/// Every `check` returns null if the value, or a part of it, is bad; that is then reported. Depth
/// is bounded by the parser.
final class ValueChecker {
  private final ValueNames names;
  private final Diagnostics diagnostics;
  private final StructChecker structs;

  ValueChecker(Scope scope, Diagnostics diagnostics) {
    this.names = new ValueNames(scope, diagnostics);
    this.diagnostics = diagnostics;
    this.structs = new StructChecker(this, diagnostics);
  }

  /// Checks all that a constant or a default is set to.
  @Nullable Value checkWhole(ConstValue written, Type type, ValuePath path) {
    Value value = check(written, type, path);
    String excess = value == null ? null : ValueSize.of(value).excess();
    if (excess != null) {
      diagnostics.report(ThriftRule.VALUE_TOO_LARGE, written.span(), excess);
      return null;
    }
    return value;
  }

  /// @param path where the value stands, for messages
  @Nullable Value check(ConstValue written, Type type, ValuePath path) {
    TrueType expected = type instanceof TrueType trueType ? trueType : type.trueType();
    if (isIncomplete(expected)) {
      return null;
    }
    return switch (written) {
      case BoolLiteral literal ->
          scalar(new Value.OfBool(literal.value()), expected, written, path);
      case IntLiteral literal -> scalar(new Value.OfInt(literal.value()), expected, written, path);
      case DoubleLiteral literal ->
          scalar(new Value.OfDouble(literal.value()), expected, written, path);
      case StringLiteral literal ->
          scalar(new Value.OfString(literal.value()), expected, written, path);
      case IdentifierValue identifier -> named(identifier, expected, path);
      case ListLiteral list -> list(list, expected, path);
      case MapLiteral map -> braces(map, expected, path);
    };
  }

  private static boolean isIncomplete(TrueType type) {
    return switch (type) {
      case StructType struct -> struct.isIncomplete();
      case EnumType enumeration -> enumeration.isIncomplete();
      case BaseType _, ListType _, MapType _, SetType _ -> false;
    };
  }

  private @Nullable Value scalar(
      Value literal, TrueType expected, ConstValue written, ValuePath path) {
    Value value = Scalars.convert(literal, expected);
    if (value == null) {
      report(Scalars.rule(literal, expected), written, path, Scalars.mismatch(literal, expected));
    } else if (value instanceof Value.OfEnumNumber(int number)) {
      diagnostics.report(
          ThriftRule.UNKNOWN_ENUM_NUMBER,
          written.span(),
          path + ": no item of " + expected + " has the number " + number);
    }
    return value;
  }

  private @Nullable Value named(IdentifierValue written, TrueType expected, ValuePath path) {
    Value named = names.resolve(written, expected);
    if (named == null) {
      return null;
    }
    Value plain = plain(named);
    boolean isSameType =
        named instanceof Value.OfConstant(Constant constant, Value _)
            && constant.type().trueType().equals(expected);
    Value value = isSameType ? plain : Scalars.convert(plain, expected);
    if (value == null) {
      report(
          Scalars.rule(plain, expected),
          written,
          path,
          nameMismatch(written, named, plain, expected));
      return null;
    }
    return named instanceof Value.OfConstant(Constant constant, Value _)
        ? new Value.OfConstant(constant, value)
        : value;
  }

  private static Value plain(Value value) {
    return value instanceof Value.OfConstant(Constant _, Value plain) ? plain : value;
  }

  private static String nameMismatch(
      IdentifierValue written, Value named, Value plain, TrueType expected) {
    if (named instanceof Value.OfConstant(Constant constant, Value _)
        && !(plain instanceof Value.OfInt)) {
      return "expected %s, found constant '%s' of type %s"
          .formatted(expected, written.name(), constant.type());
    }
    return plain instanceof Value.OfEnum
        ? "expected " + expected + ", found enum item '" + written.name() + "'"
        : Scalars.mismatch(plain, expected);
  }

  private @Nullable Value list(ListLiteral written, TrueType expected, ValuePath path) {
    return switch (expected) {
      case ListType list -> elements(written, list.element(), path);
      case SetType set -> {
        Value value = elements(written, set.element(), path);
        if (value instanceof Value.OfList(List<Value> elements)) {
          refuseRepeated(elements, written.elements(), "set element", path);
        }
        yield value;
      }
      case MapType _ when written.elements().isEmpty() -> {
        diagnostics.report(
            ThriftRule.EMPTY_LITERAL_SHAPE, written.span(), path + ": an empty map is written {}");
        yield new Value.OfMap(List.of());
      }
      case BaseType _, EnumType _, MapType _, StructType _ -> {
        report(ThriftRule.VALUE_TYPE, written, path, "expected " + expected + ", found a list");
        yield null;
      }
    };
  }

  private @Nullable Value elements(ListLiteral written, Type type, ValuePath path) {
    var elements = new ArrayList<Value>();
    for (int i = 0; i < written.elements().size(); i++) {
      Value element = check(written.elements().get(i), type, path.index(i));
      if (element != null) {
        elements.add(element);
      }
    }
    return elements.size() == written.elements().size() ? new Value.OfList(elements) : null;
  }

  private @Nullable Value braces(MapLiteral written, TrueType expected, ValuePath path) {
    return switch (expected) {
      case MapType map -> entries(written, map, path);
      case StructType struct -> structs.check(written, struct, path);
      case ListType _ when written.entries().isEmpty() -> emptyList(written, expected, path);
      case SetType _ when written.entries().isEmpty() -> emptyList(written, expected, path);
      case BaseType _, EnumType _, ListType _, SetType _ -> {
        report(ThriftRule.VALUE_TYPE, written, path, "expected " + expected + ", found a map");
        yield null;
      }
    };
  }

  private Value emptyList(MapLiteral written, TrueType expected, ValuePath path) {
    diagnostics.report(
        ThriftRule.EMPTY_LITERAL_SHAPE,
        written.span(),
        path + ": an empty " + (expected instanceof SetType ? "set" : "list") + " is written []");
    return new Value.OfList(List.of());
  }

  private @Nullable Value entries(MapLiteral written, MapType type, ValuePath path) {
    var entries = new ArrayList<Value.OfMap.Entry>();
    for (int i = 0; i < written.entries().size(); i++) {
      MapEntry entry = written.entries().get(i);
      Value key = check(entry.key(), type.key(), path.key(i));
      Value value = check(entry.value(), type.value(), path.index(i));
      if (key != null && value != null) {
        entries.add(new Value.OfMap.Entry(key, value));
      }
    }
    if (entries.size() < written.entries().size()) {
      return null;
    }
    refuseRepeated(
        entries.stream().map(Value.OfMap.Entry::key).toList(),
        written.entries().stream().map(MapEntry::key).toList(),
        "map key",
        path);
    return new Value.OfMap(entries);
  }

  /// Compares scalars only: equal containers can be written in more than one way. Items of an enum
  /// are the same if their numbers are, since only these exist at run time.
  private void refuseRepeated(
      List<Value> values, List<ConstValue> written, String what, ValuePath path) {
    Set<Value> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      Value value =
          switch (plain(values.get(i))) {
            case Value.OfEnum(EnumType.Item item) -> new Value.OfEnumNumber(item.value());
            case Value other -> other;
          };
      boolean isScalar =
          !(value instanceof Value.OfList
              || value instanceof Value.OfMap
              || value instanceof Value.OfStruct);
      if (isScalar && !seen.add(value)) {
        report(ThriftRule.REPEATED_ELEMENT, written.get(i), path, "repeated " + what);
      }
    }
  }

  void report(ThriftRule rule, ConstValue written, ValuePath path, String problem) {
    diagnostics.report(rule, written.span(), path + ": " + problem);
  }
}
