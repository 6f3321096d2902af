package io.windhover.thriftgo;

import io.windhover.idl.Constant;
import io.windhover.idl.EnumType;
import io.windhover.idl.StructType;
import io.windhover.idl.TrueType;
import io.windhover.idl.Type;
import io.windhover.idl.ast.BoolLiteral;
import io.windhover.idl.ast.ConstValue;
import io.windhover.idl.ast.DoubleLiteral;
import io.windhover.idl.ast.IdentifierValue;
import io.windhover.idl.ast.IntLiteral;
import io.windhover.idl.ast.ListLiteral;
import io.windhover.idl.ast.MapEntry;
import io.windhover.idl.ast.MapLiteral;
import io.windhover.idl.ast.StringLiteral;
import java.util.Optional;

/// Makes the trees of values, which hold what is written, not what it means for a type.
final class ValueEncoder {
  private final Names names;
  private final boolean resolves;

  /// @param resolves whether it is told where names lead to; Thriftgo does not for the defaults of
  ///   arguments
  ValueEncoder(Names names, boolean resolves) {
    this.names = names;
    this.resolves = resolves;
  }

  /// @param type what the value is for, which tells the number of an enum item that stands alone
  Ast.ConstValue encode(ConstValue written, Type type) {
    return switch (written) {
      case BoolLiteral literal ->
          Ast.ConstValue.ofIdentifier(String.valueOf(literal.value()), Optional.empty());
      case IntLiteral literal -> Ast.ConstValue.of(literal.value());
      case DoubleLiteral literal -> Ast.ConstValue.of(literal.value());
      case StringLiteral literal -> Ast.ConstValue.ofLiteral(Literal.text(literal));
      case IdentifierValue value -> named(value.name(), type);
      case ListLiteral list ->
          Ast.ConstValue.ofList(
              list.elements().stream().map(it -> encode(it, element(type))).toList());
      case MapLiteral map ->
          Ast.ConstValue.ofMap(map.entries().stream().map(it -> entry(it, type)).toList());
    };
  }

  private static Type element(Type type) {
    return switch (type.trueType()) {
      case TrueType.ListType(var element) -> element;
      case TrueType.SetType(var element) -> element;
      case TrueType other -> other;
    };
  }

  private Ast.MapConstValue entry(MapEntry entry, Type type) {
    var key = type;
    var value = type;
    switch (type.trueType()) {
      case TrueType.MapType(var keyType, var valueType) -> {
        key = keyType;
        value = valueType;
      }
      case StructType struct -> value = fieldType(struct, entry.key());
      default -> {}
    }
    return new Ast.MapConstValue(
        Optional.of(encode(entry.key(), key)), Optional.of(encode(entry.value(), value)));
  }

  private static Type fieldType(StructType struct, ConstValue key) {
    return struct.fields().stream()
        .filter(it -> key instanceof StringLiteral literal && literal.value().equals(it.name()))
        .findFirst()
        .map(it -> it.type())
        .orElse(struct);
  }

  private Ast.ConstValue named(String name, Type type) {
    if (!resolves) {
      return Ast.ConstValue.ofIdentifier(name, Optional.empty());
    }
    var constant = names.find(name).filter(it -> it.definition() instanceof Constant);
    int dot = name.lastIndexOf('.');
    if (constant.isPresent()) {
      var target = constant.get();
      names.use(target.include());
      var prefix = target.include() == Names.OWN ? "" : name.substring(0, dot);
      return Ast.ConstValue.ofIdentifier(
          name, extra(false, target.include(), target.name(), prefix));
    }
    if (dot < 0) {
      return Ast.ConstValue.of(number((EnumType) type.trueType(), name));
    }
    var owner = name.substring(0, dot);
    var item = name.substring(dot + 1);
    var own = names.ownEnum(owner);
    if (own.isPresent()) {
      return Ast.ConstValue.ofIdentifier(name, extra(true, own.get().include(), item, owner));
    }
    var included = names.find(owner).orElseThrow();
    names.use(included.include());
    return Ast.ConstValue.ofIdentifier(
        name, extra(true, included.include(), item, included.name()));
  }

  /// The number of an item that stands alone, a name that Thriftgo does not know.
  private static long number(EnumType type, String item) {
    return type.items().stream()
        .filter(it -> it.name().equals(item))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static Optional<Ast.ConstValueExtra> extra(
      boolean isEnum, int include, String name, String selector) {
    return Optional.of(new Ast.ConstValueExtra(isEnum, include, name, selector));
  }
}
