package io.windhover.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a compiler says about one place in a file.
///
/// @param severity the rule's, or what the user made of it
/// @param help what to write instead, if that is known
/// @param labels other places that matter
public record Diagnostic(
    Rule rule,
    Severity severity,
    Span span,
    String message,
    Optional<String> help,
    List<Label> labels) {

  /// Another place that matters.
  ///
  /// @param text such as "first defined here"
  public record Label(Span span, String text) {}

  public Diagnostic {
    labels = List.copyOf(labels);
  }

  public static Diagnostic of(Rule rule, Span span, String message) {
    return new Diagnostic(rule, rule.severity(), span, message, Optional.empty(), List.of());
  }

  public Diagnostic withHelp(String text) {
    return new Diagnostic(rule, severity, span, message, Optional.of(text), labels);
  }

  /// The same with help, if there is any.
  public Diagnostic maybeHelp(Optional<String> text) {
    return text.map(this::withHelp).orElse(this);
  }

  public Diagnostic withLabel(Span other, String text) {
    var more = new ArrayList<>(labels);
    more.add(new Label(other, text));
    return new Diagnostic(rule, severity, span, message, help, more);
  }

  Diagnostic withSeverity(Severity other) {
    return new Diagnostic(rule, other, span, message, help, labels);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /// The message with the source line under it, ready to print: lines end with `\n`, the last one
  /// too, and control characters are replaced, since paths and texts may come from an untrusted
  /// file.
  ///
  /// ```
  /// order.thrift:7:6: error[E031]: undefined type 'Itme'
  ///   2: Itme item,
  ///      ^~~~
  /// help: did you mean 'Item'?
  /// ```
  @Override
  public String toString() {
    var text = new StringBuilder();
    append(text, span, severity + "[" + rule.code() + "]: " + message);
    for (Label label : labels) {
      append(text, label.span, label.text);
    }
    help.ifPresent(it -> text.append("help: ").append(Excerpt.printable(it)).append('\n'));
    return text.toString();
  }

  private static void append(StringBuilder text, Span span, String message) {
    text.append(Excerpt.printable(span + ": " + message)).append('\n');
    Excerpt.of(span).ifPresent(text::append);
  }
}
