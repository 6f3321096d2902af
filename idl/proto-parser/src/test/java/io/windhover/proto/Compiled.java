package io.windhover.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/// A text that compiles, and what is in it by name.
record Compiled(ProtoFile file) {

  static Compiled of(String text) {
    var compilation = ProtoCompiler.compile(Map.of("main.proto", text), List.of("main.proto"));
    assertThat(compilation.diagnostics()).isEmpty();
    return new Compiled(compilation.roots().getFirst());
  }

  MessageType message(String name) {
    return file.messages().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  EnumType enumeration(String name) {
    return file.enums().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  Field field(String message, String name) {
    return message(message).fields().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
