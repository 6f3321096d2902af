package io.windhover.idl.annotation;

import io.windhover.idl.ast.MethodDef;
import io.windhover.idl.ast.StringLiteral;

/// What `streaming.mode` says of a method: which side sends a stream of messages.
public enum StreamingMode {
  /// Neither, which holds without the annotation too.
  UNARY,
  CLIENT,
  SERVER,
  BIDIRECTIONAL;

  /// @param method one that was checked
  public static StreamingMode of(MethodDef method) {
    return method.annotations().stream()
        .filter(annotation -> annotation.key().text().equals(Streaming.KEY))
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
}
