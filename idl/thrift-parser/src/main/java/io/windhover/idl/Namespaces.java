package io.windhover.idl;

import io.windhover.idl.ast.Namespace;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Checks the namespaces of a file: each language once, and spelled as some compiler knows it.
final class Namespaces {

  /// The languages of Apache Thrift and of the compilers after it; each may have scopes of its own
  /// behind a dot.
  private static final Set<String> LANGUAGES =
      Set.of(
          ("* androidx as3 c_glib cl cocoa cpp cpp2 csharp d dart delphi erl go haxe hs html java "
                  + "javame js json kotlin lua markdown netcore netstd ocaml perl php py py3 rb rs "
                  + "rust scala smalltalk st swift swoole ts typescript xml xsd")
              .split(" "));

  private final Diagnostics diagnostics;

  Namespaces(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(List<Namespace> namespaces) {
    Map<String, Span> seen = new HashMap<>();
    for (Namespace namespace : namespaces) {
      String scope = namespace.scope();
      Span first = seen.putIfAbsent(scope, namespace.span());
      if (first != null) {
        diagnostics.report(
            Diagnostic.of(
                    ThriftRule.REPEATED_NAMESPACE,
                    namespace.span(),
                    "namespace %s is set twice: this one counts in Apache Thrift only"
                        .formatted(scope))
                .withLabel(first, "this one counts here and in Thriftgo"));
      }
      String language = scope.substring(0, (scope + ".").indexOf('.'));
      if (!LANGUAGES.contains(language)) {
        String message = "no compiler is known for the language '" + language + "'";
        diagnostics.report(
            Diagnostic.of(ThriftRule.UNKNOWN_NAMESPACE_SCOPE, namespace.span(), message)
                .maybeHelp(Suggestion.help(language, LANGUAGES.stream().sorted().toList())));
      }
    }
  }
}
