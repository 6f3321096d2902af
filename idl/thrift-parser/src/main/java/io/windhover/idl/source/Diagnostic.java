package io.windhover.idl.source;

import java.util.Optional;

/// What the compiler says about one place in a file.
///
/// @param help what to write instead, if that is known
public record Diagnostic(Severity severity, Span span, String message, Optional<String> help) {

  public static Diagnostic error(Span span, String message) {
    return new Diagnostic(Severity.ERROR, span, message, Optional.empty());
  }

  public static Diagnostic warning(Span span, String message) {
    return new Diagnostic(Severity.WARNING, span, message, Optional.empty());
  }

  public Diagnostic withHelp(String text) {
    return new Diagnostic(severity, span, message, Optional.of(text));
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /// The message with the source line under it, ready to print: lines end with `\n`, the last one
  /// too, and control characters are replaced, since paths and texts may come from an untrusted
  /// file.
  ///
  /// ```
  /// order.thrift:7:6: error: undefined type 'Itme'
  ///   2: Itme item,
  ///      ^~~~
  /// help: did you mean 'Item'?
  /// ```
  @Override
  public String toString() {
    var text = new StringBuilder();
    String first = span + ": " + severity + ": " + message;
    text.append(Excerpt.printable(first)).append('\n');
    Excerpt.of(span).ifPresent(text::append);
    help.ifPresent(it -> text.append("help: ").append(Excerpt.printable(it)).append('\n'));
    return text.toString();
  }
}
