package io.windhover.idl;

import io.windhover.idl.ast.MethodDef;
import io.windhover.idl.ast.Name;
import io.windhover.idl.ast.StructKind;
import io.windhover.idl.ast.TypeRef;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Span;
import io.windhover.source.parse.DepthFirst;
import io.windhover.source.parse.Diagnostics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Resolves the bases of services and makes their methods.
final class ServiceLinker {
  private static final int MAX_BASES = 64;

  private final Function<Program, Scope> scopes;
  private final TypeLinker types;
  private final FieldLinker fields;
  private final Diagnostics diagnostics;

  ServiceLinker(
      Function<Program, Scope> scopes,
      TypeLinker types,
      FieldLinker fields,
      Diagnostics diagnostics) {
    this.scopes = scopes;
    this.types = types;
    this.fields = fields;
    this.diagnostics = diagnostics;
  }

  void link(Collection<Service> services) {
    services.forEach(this::linkBase);
    var order = DepthFirst.<Service>walk(services, it -> it.base().map(List::of).orElse(List.of()));
    Set<Service> endless = new HashSet<>();
    for (List<Service> cycle : order.cycles()) {
      Service first = cycle.getFirst();
      diagnostics.report(
          ThriftRule.SERVICE_CYCLE,
          baseSpan(first),
          "service extends itself: " + DepthFirst.show(cycle));
      endless.addAll(cycle);
    }
    endless.forEach(service -> service.extend(null));
    services.forEach(service -> service.link(methods(service)));
    services.forEach(this::refuseInherited);
  }

  private void linkBase(Service service) {
    Optional<Name> name = service.syntax().base();
    if (name.isEmpty()) {
      return;
    }
    var base =
        scopes
            .apply(service.program())
            .resolve(name.get().text(), name.get().span(), Scope.Kind.SERVICE);
    if (base instanceof Service found) {
      service.extend(found);
    }
  }

  private List<Method> methods(Service service) {
    var methods = new ArrayList<Method>();
    Map<String, MethodDef> byName = new HashMap<>();
    for (MethodDef syntax : service.syntax().methods()) {
      MethodDef same = byName.putIfAbsent(syntax.name().text(), syntax);
      if (same != null) {
        String message = "method '" + syntax.name() + "' is already defined";
        diagnostics.report(
            Diagnostic.of(ThriftRule.DUPLICATE_METHOD, syntax.name().span(), message)
                .withLabel(same.name().span(), "first defined here")
                .withHelp("methods cannot be overloaded"));
      }
      methods.add(method(syntax, service.program()));
    }
    return methods;
  }

  private Method method(MethodDef syntax, Program program) {
    checkOneway(syntax);
    Type returnType = null;
    if (syntax.returnType().isPresent()) {
      returnType = types.resolveValue(syntax.returnType().get(), program);
    }
    var arguments = fields.link(syntax.arguments(), FieldLinker.Role.ARGUMENTS, program);
    var exceptions = fields.link(syntax.exceptions(), FieldLinker.Role.THROWS, program);
    checkExceptions(exceptions);
    return new Method(
        syntax.name().text(),
        syntax.isOneway(),
        Optional.ofNullable(returnType),
        arguments,
        exceptions,
        syntax);
  }

  private void checkOneway(MethodDef syntax) {
    if (!syntax.isOneway()) {
      return;
    }
    if (syntax.returnType().isPresent()) {
      TypeRef returnType = syntax.returnType().get();
      diagnostics.report(
          ThriftRule.ONEWAY_REPLY,
          returnType.span(),
          "oneway method '" + syntax.name() + "' returns something",
          "there is no reply: return void, or drop 'oneway'");
    }
    if (!syntax.exceptions().isEmpty()) {
      diagnostics.report(
          ThriftRule.ONEWAY_REPLY,
          syntax.exceptions().getFirst().span(),
          "oneway method '" + syntax.name() + "' throws something",
          "there is no reply: drop the throws list, or 'oneway'");
    }
  }

  private void checkExceptions(List<Field> exceptions) {
    Map<Type, Field> byType = new HashMap<>();
    for (Field field : exceptions) {
      if (field.isPoisoned()) {
        continue;
      }
      Span span = field.syntax().type().span();
      if (!(field.type().trueType() instanceof StructType type)
          || type.kind() != StructKind.EXCEPTION) {
        diagnostics.report(
            ThriftRule.THROWS_TYPE,
            span,
            "throws entry '" + field + "' is of type " + field.type() + ", not an exception");
        continue;
      }
      Field same = byType.putIfAbsent(type, field);
      if (same != null) {
        diagnostics.report(
            ThriftRule.THROWS_TYPE,
            span,
            "exception " + type + " is thrown already, as '" + same + "'");
      }
    }
  }

  private void refuseInherited(Service service) {
    Set<String> own = new HashSet<>();
    service.methods().forEach(method -> own.add(method.name()));
    int bases = 0;
    for (var base = next(service); base != null; base = next(base)) {
      if (++bases > MAX_BASES) {
        diagnostics.report(
            ThriftRule.TOO_MANY_BASES,
            baseSpan(service),
            "service has more than " + MAX_BASES + " bases");
        return;
      }
      for (Method inherited : base.methods()) {
        if (own.remove(inherited.name())) {
          report(service, inherited, base);
        }
      }
    }
  }

  private void report(Service service, Method inherited, Service base) {
    for (Method method : service.methods()) {
      if (method.name().equals(inherited.name())) {
        diagnostics.report(
            Diagnostic.of(
                    ThriftRule.INHERITED_METHOD,
                    method.syntax().name().span(),
                    "method '%s' is already defined in base service %s"
                        .formatted(method.name(), base))
                .withLabel(inherited.syntax().name().span(), "first defined here"));
        return;
      }
    }
  }

  private static @Nullable Service next(Service service) {
    return service.base().orElse(null);
  }

  private static Span baseSpan(Service service) {
    return service.syntax().base().orElse(service.syntax().name()).span();
  }
}
