package io.windhover.idl.annotation;

import io.windhover.idl.ast.Annotation;
import io.windhover.idl.ast.FieldDef;
import io.windhover.idl.ast.MethodDef;
import io.windhover.idl.ast.ServiceDef;
import io.windhover.idl.ast.StringLiteral;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Quote;
import io.windhover.source.parse.Diagnostics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Checks the HTTP routes of a service against each other and against the fields of requests.
public final class RouteChecker {
  private final Diagnostics diagnostics;

  /// One verb and path of a method.
  private record Route(HttpKey verb, StringLiteral path, MethodDef method) {

    /// The path with its variables unnamed: what tells it apart from others.
    String pattern() {
      return path.value().replaceAll("([:*])[^/]*", "$1");
    }

    boolean hasVerbOf(Route other) {
      return verb == other.verb || verb == HttpKey.ANY || other.verb == HttpKey.ANY;
    }

    /// `id` and `rest` of `/orders/:id/*rest`.
    Set<String> variables() {
      var names = new LinkedHashSet<String>();
      for (String part : path.value().split("/", -1)) {
        if (part.startsWith(":") || part.startsWith("*")) {
          names.add(part.substring(1));
        }
      }
      return names;
    }
  }

  public RouteChecker(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// @param requests the fields of what each method takes, where they are known
  public void check(ServiceDef service, Map<MethodDef, List<FieldDef>> requests) {
    var seen = new HashMap<String, List<Route>>();
    for (MethodDef method : service.methods()) {
      var fields = requests.get(method);
      for (Route route : routes(method)) {
        claim(route, seen.computeIfAbsent(route.pattern(), _ -> new ArrayList<>()));
        if (fields != null) {
          checkVariables(route, fields);
          checkBody(route, fields);
        }
      }
    }
  }

  private static List<Route> routes(MethodDef method) {
    var routes = new ArrayList<Route>();
    for (Annotation annotation : method.annotations()) {
      HttpKey key = HttpKey.find(annotation.key().text());
      if (key != null && key.isVerb() && annotation.value().isPresent()) {
        routes.add(new Route(key, annotation.value().get(), method));
      }
    }
    return routes;
  }

  /// @param others those of the same pattern
  private void claim(Route route, List<Route> others) {
    for (Route other : others) {
      if (route.hasVerbOf(other)) {
        diagnostics.report(
            Diagnostic.of(
                    ThriftRule.DUPLICATE_ROUTE,
                    route.path.span(),
                    "route %s is that of method '%s', too"
                        .formatted(Quote.of(route.path.value()), other.method.name()))
                .withLabel(other.path.span(), "first taken here"));
        return;
      }
    }
    others.add(route);
  }

  private void checkVariables(Route route, List<FieldDef> fields) {
    Set<String> variables = route.variables();
    Set<String> bound = new LinkedHashSet<>();
    for (FieldDef field : fields) {
      for (StringLiteral name : values(field, HttpKey.PATH)) {
        bound.add(name.value());
        if (!variables.contains(name.value())) {
          String message =
              "route %s has no variable %s for field '%s'"
                  .formatted(
                      Quote.of(route.path.value()), Quote.of(":" + name.value()), field.name());
          diagnostics.report(
              Diagnostic.of(ThriftRule.ROUTE_VARIABLE, route.path.span(), message)
                  .withLabel(name.span(), "the field"));
        }
      }
    }
    for (String variable : variables) {
      if (!bound.contains(variable)) {
        diagnostics.report(
            ThriftRule.ROUTE_VARIABLE,
            route.path.span(),
            "no field of the request takes the variable " + Quote.of(variable),
            "annotate one with (api.path = \"" + variable + "\")");
      }
    }
  }

  private void checkBody(Route route, List<FieldDef> fields) {
    if (route.verb != HttpKey.GET && route.verb != HttpKey.HEAD) {
      return;
    }
    for (FieldDef field : fields) {
      for (Annotation annotation : field.annotations()) {
        HttpKey key = HttpKey.find(annotation.key().text());
        if (key != null && key.isInBody()) {
          String message =
              "a request with the verb %s has no body for field '%s'"
                  .formatted(route.verb, field.name());
          diagnostics.report(
              Diagnostic.of(ThriftRule.HTTP_BINDING, route.path.span(), message)
                  .withLabel(annotation.span(), "the field"));
        }
      }
    }
  }

  private static List<StringLiteral> values(FieldDef field, HttpKey wanted) {
    return field.annotations().stream()
        .filter(it -> it.key().text().equals(wanted.key()))
        .flatMap(it -> it.value().stream())
        .toList();
  }
}
