package io.windhover.idl;

import io.windhover.idl.TrueType.ListType;
import io.windhover.idl.TrueType.MapType;
import io.windhover.idl.TrueType.SetType;
import io.windhover.idl.ast.Dialect;
import io.windhover.idl.ast.TypeRef;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.parse.DepthFirst;
import io.windhover.source.parse.Diagnostics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Resolves types as written to types, and typedefs first of all.
final class TypeLinker {
  /// Parts of a type with its typedefs replaced. A chain of typedefs such as `typedef map<A, A> B`
  /// doubles with each link, so something must stop it.
  private static final int MAX_PARTS = 256;

  private static final String UUID = "uuid";

  private final Function<Program, Scope> scopes;
  private final Dialect dialect;
  private final Diagnostics diagnostics;
  private final TypeUses uses;
  private final Map<Typedef, Integer> parts = new HashMap<>();

  TypeLinker(Function<Program, Scope> scopes, Dialect dialect, Diagnostics diagnostics) {
    this.dialect = dialect;
    this.scopes = scopes;
    this.diagnostics = diagnostics;
    this.uses = new TypeUses(diagnostics);
  }

  void link(Collection<Typedef> typedefs) {
    var order = DepthFirst.walk(typedefs, this::typedefsIn);
    for (List<Typedef> cycle : order.cycles()) {
      diagnostics.report(
          ThriftRule.TYPEDEF_CYCLE,
          cycle.getFirst().syntax().name().span(),
          "typedef of itself: " + DepthFirst.show(cycle));
    }
    order.postorder().forEach(this::link);
  }

  private void link(Typedef typedef) {
    Type target = resolve(typedef.syntax().type(), typedef.program());
    if (target == null) {
      return;
    }
    int count = parts(target);
    if (count > MAX_PARTS) {
      diagnostics.report(
          ThriftRule.TYPE_TOO_LARGE,
          typedef.syntax().type().span(),
          "type of more than " + MAX_PARTS + " parts, its typedefs replaced",
          "put a struct in between");
      return;
    }
    parts.put(typedef, count);
    typedef.link(target);
  }

  private int parts(Type type) {
    return switch (type) {
      case BaseType _, EnumType _, StructType _ -> 1;
      case ListType list -> 1 + parts(list.element());
      case SetType set -> 1 + parts(set.element());
      case MapType map -> 1 + parts(map.key()) + parts(map.value());
      case Typedef typedef -> parts.getOrDefault(typedef, 1);
    };
  }

  private List<Typedef> typedefsIn(Typedef typedef) {
    var found = new ArrayList<Typedef>();
    collect(typedef.syntax().type(), scopes.apply(typedef.program()), found);
    return found;
  }

  private static void collect(TypeRef type, Scope scope, List<Typedef> found) {
    switch (type) {
      case TypeRef.Base base -> {
        if (isOwnUuid(base, scope)) {
          collect(new TypeRef.Named(UUID, List.of(), base.span()), scope, found);
        }
      }
      case TypeRef.ListOf list -> collect(list.element(), scope, found);
      case TypeRef.SetOf set -> collect(set.element(), scope, found);
      case TypeRef.MapOf map -> {
        collect(map.key(), scope, found);
        collect(map.value(), scope, found);
      }
      case TypeRef.Named named -> {
        if (scope.find(named.name()) instanceof Scope.Lookup.Found(Typedef typedef)) {
          found.add(typedef);
        }
      }
    }
  }

  /// The type that `written` means in a file; null if it, or a part of it, cannot be resolved,
  /// which is reported.
  @Nullable Type resolve(TypeRef written, Program program) {
    return switch (written) {
      case TypeRef.Base base -> {
        uses.checkBase(base);
        yield base.keyword().equals(UUID) ? uuid(base, program) : BaseType.of(base.keyword());
      }
      case TypeRef.ListOf list -> {
        Type element = resolve(list.element(), program);
        uses.checkElement(list, element);
        yield element == null ? null : new ListType(element);
      }
      case TypeRef.SetOf set -> {
        Type element = resolve(set.element(), program);
        uses.checkKey(set.element(), element, "an element of a set");
        yield element == null ? null : new SetType(element);
      }
      case TypeRef.MapOf map -> {
        Type key = resolve(map.key(), program);
        Type value = resolve(map.value(), program);
        uses.checkKey(map.key(), key, "a key of a map");
        yield key == null || value == null ? null : new MapType(key, value);
      }
      case TypeRef.Named named -> named(named, program);
    };
  }

  /// The youngest type: files that are older than it may have defined a type of this name, and
  /// Thriftgo does not know it.
  private @Nullable Type uuid(TypeRef.Base written, Program program) {
    if (isOwnUuid(written, scopes.apply(program))) {
      return named(new TypeRef.Named(UUID, List.of(), written.span()), program);
    }
    if (dialect == Dialect.THRIFTGO) {
      diagnostics.report(ThriftRule.OTHER_DIALECT, written.span(), "Thriftgo has no type 'uuid'");
    }
    return BaseType.UUID;
  }

  private static boolean isOwnUuid(TypeRef.Base written, Scope scope) {
    return written.keyword().equals(UUID) && scope.find(UUID) instanceof Scope.Lookup.Found;
  }

  /// As [#resolve], for what holds values, which exceptions are not meant to be.
  @Nullable Type resolveValue(TypeRef written, Program program) {
    Type type = resolve(written, program);
    uses.checkValue(written, type);
    return type;
  }

  private @Nullable Type named(TypeRef.Named written, Program program) {
    var definition = scopes.apply(program).resolve(written.name(), written.span(), Scope.Kind.TYPE);
    if (definition instanceof Typedef typedef && typedef.isPoisoned()) {
      return null;
    }
    return (Type) definition;
  }
}
