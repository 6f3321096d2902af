package io.windhover.idl;

import io.windhover.idl.TrueType.ListType;
import io.windhover.idl.TrueType.MapType;
import io.windhover.idl.TrueType.SetType;
import io.windhover.idl.ast.StructKind;
import io.windhover.idl.ast.TypeRef;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.parse.Diagnostics;
import org.jspecify.annotations.Nullable;

/// Warns of types in places where they are allowed, but do not do well.
final class TypeUses {
  private final Diagnostics diagnostics;

  TypeUses(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void checkBase(TypeRef.Base written) {
    if (written.keyword().equals("byte")) {
      diagnostics.report(
          ThriftRule.BYTE_SPELLING, written.span(), "'byte' is the old name of i8", "write 'i8'");
    }
  }

  void checkElement(TypeRef.ListOf written, @Nullable Type element) {
    if (element != null && element.trueType() == BaseType.I8) {
      diagnostics.report(
          ThriftRule.LIST_OF_BYTE,
          written.span(),
          "a list of bytes takes a number object for each byte",
          "write 'binary': on the wire it is another type, so not where others use this already");
    }
  }

  /// @param place as it reads after "as"
  void checkKey(TypeRef written, @Nullable Type type, String place) {
    String problem = type == null ? null : problemOfKey(type.trueType());
    if (problem != null) {
      diagnostics.report(
          ThriftRule.KEY_TYPE, written.span(), type + " as " + place + ": " + problem);
    }
  }

  private static @Nullable String problemOfKey(TrueType type) {
    return switch (type) {
      case BaseType base ->
          switch (base) {
            case DOUBLE -> "equal doubles may differ in their last digit, and NaN equals nothing";
            case BINARY -> "Go and others have no such keys and convert them";
            case BOOL, I8, I16, I32, I64, STRING, UUID -> null;
          };
      case EnumType _ -> null;
      case ListType _, SetType _, MapType _ -> "most languages cannot look containers up";
      case StructType _ -> "Go compares structs by address, so that equal ones differ";
    };
  }

  void checkValue(TypeRef written, @Nullable Type type) {
    if (type != null && holdsException(type.trueType())) {
      diagnostics.report(
          ThriftRule.EXCEPTION_AS_VALUE,
          written.span(),
          type + " is or holds an exception, which is meant to be thrown",
          "use a struct");
    }
  }

  private static boolean holdsException(TrueType type) {
    return switch (type) {
      case BaseType _, EnumType _ -> false;
      case StructType struct -> struct.kind() == StructKind.EXCEPTION;
      case ListType list -> holdsException(list.element().trueType());
      case SetType set -> holdsException(set.element().trueType());
      case MapType map ->
          holdsException(map.key().trueType()) || holdsException(map.value().trueType());
    };
  }
}
