package io.windhover.protoc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windhover.codegen.GeneratedFile;
import io.windhover.proto.ast.Edition;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// Writes a `CodeGeneratorResponse`. The numbers are those of
/// `google/protobuf/compiler/plugin.proto`.
final class Answer {
  private static final int PROTO3_OPTIONAL = 1;
  private static final int EDITIONS = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Answer() {}

  static byte[] files(List<GeneratedFile> files) {
    var answer = supported();
    for (var file : files) {
      var inner = new Answer();
      inner.bytes(1, file.path().getBytes(UTF_8));
      inner.bytes(15, file.content().getBytes(UTF_8));
      answer.bytes(15, inner.out.toByteArray());
    }
    return answer.out.toByteArray();
  }

  static byte[] error(String message) {
    var answer = supported();
    answer.bytes(1, message.getBytes(UTF_8));
    return answer.out.toByteArray();
  }

  /// Without which protoc gives a plugin neither fields with `optional` of proto3 nor editions.
  private static Answer supported() {
    var answer = new Answer();
    answer.number(2, PROTO3_OPTIONAL | EDITIONS);
    answer.number(3, Edition.PROTO2.number());
    answer.number(4, Edition.EDITION_2024.number());
    return answer;
  }

  private void number(int field, int value) {
    varint(field << 3);
    varint(value);
  }

  private void bytes(int field, byte[] value) {
    varint(field << 3 | 2);
    varint(value.length);
    out.writeBytes(value);
  }

  private void varint(int value) {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      out.write(rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
