package io.windhover.proto;

import io.windhover.proto.rule.NameStyle;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;

/// Checks names by the style that edition 2024 asks for, unless a file or a part of it opts out.
final class NamingStyle {
  private static final String HELP =
      "or opt out: option features.enforce_naming_style = STYLE_LEGACY;";

  private final Diagnostics diagnostics;

  NamingStyle(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(ProtoFile file) {
    file.syntax()
        .packageName()
        .ifPresent(
            it -> check(file.packageName(), it.name().span(), file.features(), NameStyle.LOWER));
    file.messages().forEach(this::check);
    file.enums().forEach(this::check);
    file.extensions().forEach(it -> check(it, it.features(), NameStyle.LOWER));
    for (Service service : file.services()) {
      Features features = file.features().with(service.options());
      check(service, features, NameStyle.TITLE);
      service.methods().forEach(it -> check(it, features.with(it.options()), NameStyle.TITLE));
    }
  }

  private void check(MessageType message) {
    if (message.isMapEntry()) {
      return;
    }
    check(message, message.features(), NameStyle.TITLE);
    message.messages().forEach(this::check);
    message.enums().forEach(this::check);
    message.fields().forEach(it -> check(it, it.features(), NameStyle.LOWER));
    message.extensions().forEach(it -> check(it, it.features(), NameStyle.LOWER));
    message.oneofs().forEach(it -> check(it, it.features(), NameStyle.LOWER));
  }

  private void check(EnumType type) {
    check(type, type.features(), NameStyle.TITLE);
    for (EnumValue value : type.values()) {
      check(value, type.features().with(value.options()), NameStyle.UPPER);
    }
  }

  private void check(Symbol symbol, Features features, NameStyle style) {
    check(symbol.name(), symbol.span(), features, style);
  }

  private void check(String name, Span span, Features features, NameStyle style) {
    boolean isEnforced = features.namingStyle() == Features.NamingStyle.STYLE2024;
    if (isEnforced && !style.matches(name)) {
      diagnostics.report(
          ProtoRule.NAMING_STYLE, span, "name: " + name + " (expected: " + style + ")", HELP);
    }
  }
}
