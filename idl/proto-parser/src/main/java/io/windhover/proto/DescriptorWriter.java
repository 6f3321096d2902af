package io.windhover.proto;

import io.windhover.proto.ast.Import;
import io.windhover.proto.ast.MessageDef;
import io.windhover.proto.ast.Visibility;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Writes files as the messages of `google/protobuf/descriptor.proto`, whose field numbers these
/// are: what protoc writes, less where things stand in the text (`source_code_info`).
public final class DescriptorWriter {
  private static final int TYPE_GROUP = 10;
  private static final int TYPE_MESSAGE = 11;
  private static final int TYPE_ENUM = 14;

  private final boolean isForRuntime;

  private DescriptorWriter(boolean isForRuntime) {
    this.isForRuntime = isForRuntime;
  }

  /// With all options.
  public static DescriptorWriter complete() {
    return new DescriptorWriter(false);
  }

  /// Without options that are only for who compiles.
  public static DescriptorWriter forRuntime() {
    return new DescriptorWriter(true);
  }

  /// A `FileDescriptorSet`.
  public byte[] set(List<ProtoFile> files) {
    var out = new WireWriter();
    files.forEach(it -> out.message(1, inner -> write(it, inner)));
    return out.toByteArray();
  }

  /// A `FileDescriptorProto`.
  public byte[] file(ProtoFile file) {
    var out = new WireWriter();
    write(file, out);
    return out.toByteArray();
  }

  private void write(ProtoFile file, WireWriter out) {
    out.text(1, file.name());
    if (!file.packageName().isEmpty()) {
      out.text(2, file.packageName());
    }
    writeImports(file, it -> it != Import.Kind.OPTION, 3, out);
    file.messages().forEach(it -> out.message(4, inner -> write(it, inner)));
    file.enums().forEach(it -> out.message(5, inner -> write(it, inner)));
    file.services().forEach(it -> out.message(6, inner -> write(it, inner)));
    file.extensions().forEach(it -> out.message(7, inner -> write(it, Map.of(), inner)));
    write(file.options(), 8, out);
    writePlaces(file, Import.Kind.PUBLIC, 10, out);
    writePlaces(file, Import.Kind.WEAK, 11, out);
    switch (file.edition()) {
      case PROTO2 -> {} // which is what nothing means
      case PROTO3 -> out.text(12, "proto3");
      case EDITION_2023, EDITION_2024 -> {
        out.text(12, "editions");
        out.varint(14, file.edition().number());
      }
    }
    writeImports(file, it -> it == Import.Kind.OPTION, 15, out);
  }

  private static void writeImports(
      ProtoFile file, Predicate<Import.Kind> kinds, int number, WireWriter out) {
    file.imports().stream()
        .filter(it -> kinds.test(it.syntax().kind()))
        .forEach(it -> out.text(number, it.file().name()));
  }

  private void writePlaces(ProtoFile file, Import.Kind kind, int number, WireWriter out) {
    for (int i = 0; i < file.imports().size(); i++) {
      if (file.imports().get(i).syntax().kind() == kind) {
        out.varint(number, i);
      }
    }
  }

  private void write(Options options, int number, WireWriter out) {
    if (!options.isEmpty()) {
      writePresent(options, number, out);
    }
  }

  /// Writes options that are there, though there may be none in them.
  private void writePresent(Options options, int number, WireWriter out) {
    out.bytes(number, isForRuntime ? options.toRuntimeBytes() : options.toBytes());
  }

  private void write(MessageType message, WireWriter out) {
    out.text(1, message.name());
    var oneofs = new HashMap<Oneof, Integer>();
    message.oneofs().forEach(it -> oneofs.put(it, oneofs.size()));
    message.fields().forEach(it -> out.message(2, inner -> write(it, oneofs, inner)));
    message.messages().forEach(it -> out.message(3, inner -> write(it, inner)));
    message.enums().forEach(it -> out.message(4, inner -> write(it, inner)));
    for (ExtensionRange range : message.extensionRanges()) {
      out.message(
          5,
          inner -> {
            inner.varint(1, range.numbers().first());
            inner.varint(2, range.numbers().last() + 1);
            boolean isOfSource =
                range.options().value().filter(ValueEncoder::isOfSource).isPresent();
            if (!isForRuntime || !isOfSource) { // of what has options, these alone vanish
              write(range.options(), 3, inner);
            }
          });
    }
    message.extensions().forEach(it -> out.message(6, inner -> write(it, Map.of(), inner)));
    write(message.options(), 7, out);
    for (Oneof oneof : message.oneofs()) {
      out.message(
          8,
          inner -> {
            inner.text(1, oneof.name());
            write(oneof.options(), 2, inner);
          });
    }
    for (Reserved.Range range : message.reserved().ranges()) {
      out.message(
          9,
          inner -> {
            inner.varint(1, range.first());
            inner.varint(2, range.last() + 1);
          });
    }
    message.reserved().names().forEach(it -> out.text(10, it.text()));
    write(message.syntax().flatMap(MessageDef::visibility), 11, out);
  }

  /// @param oneofs the places of those of its message
  private void write(Field field, Map<Oneof, Integer> oneofs, WireWriter out) {
    out.text(1, field.name());
    if (field.isExtension()) {
      out.text(2, "." + field.message().fullName());
    }
    out.varint(3, field.number());
    out.varint(
        4,
        switch (field.label()) {
          case OPTIONAL -> 1;
          case REQUIRED -> 2;
          case REPEATED -> 3;
        });
    out.varint(5, type(field));
    switch (field.type()) {
      case FieldType.OfMessage(var message) -> out.text(6, "." + message.fullName());
      case FieldType.OfEnum(var type) -> out.text(6, "." + type.fullName());
      case FieldType.OfScalar _, FieldType.Unresolved _ -> {}
    }
    field.defaultBytes().ifPresent(it -> out.bytes(7, it.toArray()));
    write(field.options(), 8, out);
    field.oneof().map(oneofs::get).ifPresent(it -> out.varint(9, it));
    out.text(10, field.jsonName());
    if (field.isProto3Optional() && !field.isOfMapEntry()) {
      out.bool(17, true);
    }
  }

  /// In editions there is no type for groups: features say it.
  private static int type(Field field) {
    return switch (field.type()) {
      case FieldType.OfScalar(var scalar) -> scalar.number();
      case FieldType.OfEnum _ -> TYPE_ENUM;
      case FieldType.OfMessage _, FieldType.Unresolved _ ->
          field.syntax().group().isPresent() ? TYPE_GROUP : TYPE_MESSAGE;
    };
  }

  private void write(EnumType type, WireWriter out) {
    out.text(1, type.name());
    for (EnumValue value : type.values()) {
      out.message(
          2,
          inner -> {
            inner.text(1, value.name());
            inner.varint(2, value.number());
            write(value.options(), 3, inner);
          });
    }
    write(type.options(), 3, out);
    for (Reserved.Range range : type.reserved().ranges()) {
      out.message(
          4,
          inner -> {
            inner.varint(1, range.first());
            inner.varint(2, range.last());
          });
    }
    type.reserved().names().forEach(it -> out.text(5, it.text()));
    write(type.syntax().visibility(), 6, out);
  }

  private static void write(Optional<Visibility> visibility, int number, WireWriter out) {
    visibility.ifPresent(
        it ->
            out.varint(
                number,
                switch (it) {
                  case LOCAL -> 1;
                  case EXPORT -> 2;
                }));
  }

  private void write(Service service, WireWriter out) {
    out.text(1, service.name());
    for (Method method : service.methods()) {
      out.message(
          2,
          inner -> {
            inner.text(1, method.name());
            inner.text(2, "." + method.input().fullName());
            inner.text(3, "." + method.output().fullName());
            if (method.syntax().hasBody()) {
              writePresent(method.options(), 4, inner);
            }
            if (method.isClientStreaming()) {
              inner.bool(5, true);
            }
            if (method.isServerStreaming()) {
              inner.bool(6, true);
            }
          });
    }
    write(service.options(), 3, out);
  }
}
