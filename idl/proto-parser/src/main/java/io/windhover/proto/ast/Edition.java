package io.windhover.proto.ast;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The language that a file is written in.
///
/// The numbers are those of the enum `Edition` of `google/protobuf/descriptor.proto`.
public enum Edition {
  PROTO2("proto2", 998),
  PROTO3("proto3", 999),
  EDITION_2023("2023", 1000),
  EDITION_2024("2024", 1001);

  private final String text;
  private final int number;

  Edition(String text, int number) {
    this.text = text;
    this.number = number;
  }

  /// Whether files say `edition = "..."` and not `syntax = "..."`.
  public boolean isEdition() {
    return isSince(EDITION_2023);
  }

  /// Whether it is this one or a later one.
  public boolean isSince(Edition other) {
    return compareTo(other) >= 0;
  }

  /// As descriptors have it.
  public int number() {
    return number;
  }

  /// The edition, or syntax, that is called so.
  public static Optional<Edition> find(String text, boolean isEdition) {
    return Arrays.stream(values())
        .filter(it -> it.isEdition() == isEdition && it.text.equals(text))
        .findFirst();
  }

  /// All editions, or all of what `syntax` may say.
  public static List<String> names(boolean isEdition) {
    return Arrays.stream(values())
        .filter(it -> it.isEdition() == isEdition)
        .map(it -> it.text)
        .toList();
  }

  /// As files write it: `proto3`, `2023`.
  @Override
  public String toString() {
    return text;
  }
}
