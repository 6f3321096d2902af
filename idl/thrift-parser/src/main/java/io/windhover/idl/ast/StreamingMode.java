package io.windhover.idl.ast;

import java.util.Locale;

/// What `streaming.mode` says of a method: which side sends a stream of messages.
public enum StreamingMode {
  /// Neither, which holds without the annotation too.
  UNARY,
  CLIENT,
  SERVER,
  BIDIRECTIONAL;

  /// The annotation.
  public static final String KEY = "streaming.mode";

  /// Returns the mode of a method; UNARY too if what it says is no mode.
  public static StreamingMode of(MethodDef method) {
    return method.annotations().stream()
        .filter(annotation -> annotation.key().text().equals(KEY))
        .findFirst()
        .flatMap(annotation -> annotation.value().map(StringLiteral::value))
        .map(StreamingMode::named)
        .orElse(UNARY);
  }

  private static StreamingMode named(String mode) {
    return switch (mode) {
      case "client" -> CLIENT;
      case "server" -> SERVER;
      case "bidirectional" -> BIDIRECTIONAL;
      default -> UNARY;
    };
  }

  /// As in the annotation.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
