package io.windhover.proto;

import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;

/// Checks names by the style that edition 2024 asks for, unless a file or a part of it opts out.
final class NamingStyle {
  private static final String HELP =
      "or opt out: option features.enforce_naming_style = STYLE_LEGACY;";

  private final Diagnostics diagnostics;

  /// How names of a kind are written.
  private enum Style {
    TITLE("TitleCase", "[A-Z][a-zA-Z0-9]*"),
    LOWER("lower_snake_case", "[a-z][a-z0-9.]*(_[a-z][a-z0-9.]*)*"),
    UPPER("UPPER_SNAKE_CASE", "[A-Z][A-Z0-9]*(_[A-Z][A-Z0-9]*)*");

    private final String description;
    private final String pattern;

    Style(String description, String pattern) {
      this.description = description;
      this.pattern = pattern;
    }
  }

  NamingStyle(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(ProtoFile file) {
    file.syntax()
        .packageName()
        .ifPresent(it -> check(file.packageName(), it.name().span(), file.features(), Style.LOWER));
    file.messages().forEach(this::check);
    file.enums().forEach(this::check);
    file.extensions().forEach(it -> check(it, it.features(), Style.LOWER));
    for (Service service : file.services()) {
      Features features = file.features().with(service.options());
      check(service, features, Style.TITLE);
      service.methods().forEach(it -> check(it, features.with(it.options()), Style.TITLE));
    }
  }

  private void check(MessageType message) {
    if (message.isMapEntry()) {
      return;
    }
    check(message, message.features(), Style.TITLE);
    message.messages().forEach(this::check);
    message.enums().forEach(this::check);
    message.fields().forEach(it -> check(it, it.features(), Style.LOWER));
    message.extensions().forEach(it -> check(it, it.features(), Style.LOWER));
    message.oneofs().forEach(it -> check(it, it.features(), Style.LOWER));
  }

  private void check(EnumType type) {
    check(type, type.features(), Style.TITLE);
    for (EnumValue value : type.values()) {
      check(value, type.features().with(value.options()), Style.UPPER);
    }
  }

  private void check(Symbol symbol, Features features, Style style) {
    check(symbol.name(), symbol.span(), features, style);
  }

  private void check(String name, Span span, Features features, Style style) {
    boolean isEnforced = features.namingStyle() == Features.NamingStyle.STYLE2024;
    if (isEnforced && !name.matches(style.pattern)) {
      diagnostics.report(
          ProtoRule.NAMING_STYLE,
          span,
          "name: " + name + " (expected: " + style.description + ")",
          HELP);
    }
  }
}
