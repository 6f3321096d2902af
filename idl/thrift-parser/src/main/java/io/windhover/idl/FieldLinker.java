package io.windhover.idl;

import io.windhover.idl.ast.Dialect;
import io.windhover.idl.ast.FieldDef;
import io.windhover.idl.ast.Requiredness;
import io.windhover.idl.ast.StructKind;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.parse.Diagnostics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes fields of what is written: type, id, requiredness. Defaults come later, since they may
/// need any field of any struct.
final class FieldLinker {
  private final TypeLinker types;
  private final Dialect dialect;
  private final Diagnostics diagnostics;

  /// What a list of fields is.
  enum Role {
    STRUCT,
    UNION,
    ARGUMENTS,
    THROWS;

    static Role of(StructKind kind) {
      return kind == StructKind.UNION ? UNION : STRUCT;
    }
  }

  FieldLinker(TypeLinker types, Dialect dialect, Diagnostics diagnostics) {
    this.dialect = dialect;
    this.types = types;
    this.diagnostics = diagnostics;
  }

  List<Field> link(List<FieldDef> written, Role role, Program program) {
    var fields = new ArrayList<Field>();
    var ids = new FieldIds(role, dialect, diagnostics);
    Map<String, FieldDef> byName = new HashMap<>();
    for (FieldDef syntax : written) {
      FieldDef same = byName.putIfAbsent(syntax.name().text(), syntax);
      if (same != null) {
        String message = "field '" + syntax.name() + "' is already defined";
        diagnostics.report(
            Diagnostic.of(ThriftRule.DUPLICATE_FIELD_NAME, syntax.name().span(), message)
                .withLabel(same.name().span(), "first defined here"));
      }
      int id = ids.next(syntax);
      Type type =
          role == Role.THROWS
              ? types.resolve(syntax.type(), program)
              : types.resolveValue(syntax.type(), program);
      fields.add(new Field(id, requiredness(syntax, role), type, syntax));
    }
    ids.warnOfUnwritten();
    return fields;
  }

  private Requiredness requiredness(FieldDef syntax, Role role) {
    Requiredness written = syntax.requiredness();
    return switch (role) {
      case STRUCT -> written;
      case UNION -> {
        if (written == Requiredness.REQUIRED) {
          diagnostics.report(
              ThriftRule.REQUIRED_UNION_ARM,
              syntax.span(),
              "union arm '" + syntax.name() + "' is optional, not required");
        }
        yield Requiredness.OPTIONAL;
      }
      case ARGUMENTS -> {
        if (written != Requiredness.DEFAULT) {
          diagnostics.report(
              ThriftRule.ARGUMENT_REQUIREDNESS,
              syntax.span(),
              "'" + written + "' means nothing on argument '" + syntax.name() + "'");
        }
        yield Requiredness.DEFAULT;
      }
      case THROWS -> {
        if (written == Requiredness.REQUIRED) {
          diagnostics.report(
              ThriftRule.THROWS_REQUIREDNESS,
              syntax.span(),
              "'required' means nothing on throws entry '" + syntax.name() + "'");
        }
        yield Requiredness.OPTIONAL;
      }
    };
  }
}
