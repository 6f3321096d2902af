package io.windhover.idl;

import io.windhover.idl.ast.IdentifierValue;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Suggestion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Resolves names inside values: constants (`LIMIT`, `base.LIMIT`) and enum items (`Color.RED`,
/// `base.Color.RED`, and `RED` alone where a `Color` is expected).
final class ValueNames {
  private final Scope scope;
  private final Diagnostics diagnostics;

  ValueNames(Scope scope, Diagnostics diagnostics) {
    this.scope = scope;
    this.diagnostics = diagnostics;
  }

  /// The constant or item as a value; null if there is none, which is reported.
  @Nullable Value resolve(IdentifierValue written, TrueType expected) {
    Scope.Lookup whole = scope.find(written.name());
    int dot = written.name().lastIndexOf('.');
    EnumType owner = dot < 0 ? null : enumeration(written.name().substring(0, dot));
    String last = written.name().substring(dot + 1);
    EnumType.Item item = owner == null ? null : owner.item(last);
    return switch (whole) {
      case Scope.Lookup.Found(Constant constant) -> {
        if (item != null) {
          scope.reportAmbiguous(written.name(), written.span(), List.of(constant, owner));
          yield null;
        }
        yield constant.isPoisoned() ? null : reference(constant);
      }
      case Scope.Lookup.Ambiguous(List<Definition> definitions) -> {
        scope.reportAmbiguous(written.name(), written.span(), definitions);
        yield null;
      }
      case Scope.Lookup.Found _, Scope.Lookup.Missing _, Scope.Lookup.Unknowable _ -> {
        if (item == null && dot < 0 && expected instanceof EnumType type) {
          item = type.item(last);
          noteUnqualified(written, type, item);
        }
        if (item == null && (owner == null || !owner.isIncomplete())) {
          reportMissing(written, whole, owner, expected);
        }
        yield item == null ? null : new Value.OfEnum(item);
      }
    };
  }

  private void noteUnqualified(
      IdentifierValue written, EnumType type, EnumType.@Nullable Item item) {
    if (item != null) {
      diagnostics.report(
          ThriftRule.UNQUALIFIED_ENUM_ITEM,
          written.span(),
          "Apache Thrift and Thriftgo refuse an item without its enum",
          "write '" + type + "." + item.name() + "'");
    }
  }

  private static Value reference(Constant constant) {
    Value value = constant.value();
    return new Value.OfConstant(
        constant, value instanceof Value.OfConstant(Constant _, Value plain) ? plain : value);
  }

  private @Nullable EnumType enumeration(String name) {
    return switch (scope.find(name)) {
      case Scope.Lookup.Found(EnumType type) -> type;
      case Scope.Lookup.Found(Typedef typedef)
          when !typedef.isPoisoned() && typedef.trueType() instanceof EnumType type ->
          type;
      case Scope.Lookup.Found _,
          Scope.Lookup.Ambiguous _,
          Scope.Lookup.Missing _,
          Scope.Lookup.Unknowable _ ->
          null;
    };
  }

  private void reportMissing(
      IdentifierValue written, Scope.Lookup whole, @Nullable EnumType owner, TrueType expected) {
    int dot = written.name().lastIndexOf('.');
    String last = written.name().substring(dot + 1);
    if (owner != null) {
      reportMissingItem(written, last, owner);
    } else if (whole instanceof Scope.Lookup.Found) {
      scope.resolve(written.name(), written.span(), Scope.Kind.CONSTANT); // says what it is
    } else if (isUnknowable(written.name())) {
      return;
    } else if (dot < 0 && expected instanceof EnumType type) {
      reportMissingItem(written, last, type);
    } else {
      scope.noteMissing(written.name(), written.span(), Scope.Kind.CONSTANT);
    }
  }

  private boolean isUnknowable(String name) {
    int dot = name.lastIndexOf('.');
    return dot >= 0
        && (scope.find(name) instanceof Scope.Lookup.Unknowable
            || scope.find(name.substring(0, dot)) instanceof Scope.Lookup.Unknowable);
  }

  private void reportMissingItem(IdentifierValue written, String item, EnumType owner) {
    if (diagnostics.isFull()) {
      return;
    }
    String message = "enum " + owner + " has no item '" + item + "'";
    var items = owner.items().stream().map(EnumType.Item::name).toList();
    diagnostics.report(
        Diagnostic.of(ThriftRule.UNDEFINED_NAME, written.span(), message)
            .maybeHelp(Suggestion.help(item, items)));
  }
}
