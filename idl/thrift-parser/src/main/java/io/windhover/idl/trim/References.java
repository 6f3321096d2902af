package io.windhover.idl.trim;

import io.windhover.idl.ast.BoolLiteral;
import io.windhover.idl.ast.ConstDef;
import io.windhover.idl.ast.ConstValue;
import io.windhover.idl.ast.Declaration;
import io.windhover.idl.ast.DoubleLiteral;
import io.windhover.idl.ast.EnumDef;
import io.windhover.idl.ast.FieldDef;
import io.windhover.idl.ast.IdentifierValue;
import io.windhover.idl.ast.IntLiteral;
import io.windhover.idl.ast.ListLiteral;
import io.windhover.idl.ast.MapLiteral;
import io.windhover.idl.ast.MethodDef;
import io.windhover.idl.ast.ServiceDef;
import io.windhover.idl.ast.StringLiteral;
import io.windhover.idl.ast.StructDef;
import io.windhover.idl.ast.TypeRef;
import io.windhover.idl.ast.TypedefDef;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// The names that a piece of syntax mentions.
final class References {
  private final SequencedSet<String> names = new LinkedHashSet<>();

  private References() {}

  /// Those of a definition; of a service without those of its methods.
  static SequencedSet<String> of(Declaration declaration) {
    var references = new References();
    references.add(declaration);
    return references.names;
  }

  static SequencedSet<String> of(MethodDef method) {
    var references = new References();
    method.returnType().ifPresent(references::add);
    method.arguments().forEach(references::add);
    method.exceptions().forEach(references::add);
    return references.names;
  }

  private void add(Declaration declaration) {
    switch (declaration) {
      case ConstDef constant -> {
        add(constant.type());
        add(constant.value());
      }
      case EnumDef _ -> {}
      case ServiceDef service -> service.base().ifPresent(base -> names.add(base.text()));
      case StructDef struct -> struct.fields().forEach(this::add);
      case TypedefDef typedef -> add(typedef.type());
    }
  }

  private void add(FieldDef field) {
    add(field.type());
    field.defaultValue().ifPresent(this::add);
    field.xsd().attributes().forEach(this::add);
  }

  private void add(TypeRef type) {
    switch (type) {
      case TypeRef.Base _ -> {}
      case TypeRef.Named named -> names.add(named.name());
      case TypeRef.ListOf list -> add(list.element());
      case TypeRef.SetOf set -> add(set.element());
      case TypeRef.MapOf map -> {
        add(map.key());
        add(map.value());
      }
    }
  }

  private void add(ConstValue value) {
    switch (value) {
      case IdentifierValue identifier -> names.add(identifier.name());
      case ListLiteral list -> list.elements().forEach(this::add);
      case MapLiteral map ->
          map.entries()
              .forEach(
                  entry -> {
                    add(entry.key());
                    add(entry.value());
                  });
      case BoolLiteral _, DoubleLiteral _, IntLiteral _, StringLiteral _ -> {}
    }
  }
}
