package io.windhover.protoc;

import io.windhover.proto.EnumType;
import io.windhover.proto.EnumValue;
import io.windhover.proto.Field;
import io.windhover.proto.FieldType;
import io.windhover.proto.MessageType;
import io.windhover.proto.ProtoCompiler;
import io.windhover.proto.ProtoFile;
import io.windhover.proto.ast.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Options of the language as files write them. Those that are extensions are left out: no Java
/// depends on them.
final class OptionText {
  private static final String DESCRIPTOR = ProtoFile.STANDARD_FOLDER + "descriptor.proto";

  /// What files cannot say, and features that protoc leaves out of descriptors it sends: names
  /// would be checked by rules that the file may have turned off.
  private static final Set<String> LEFT_OUT =
      Set.of("uninterpreted_option", "enforce_naming_style", "default_symbol_visibility");

  private final Map<String, MessageType> types;

  OptionText() {
    var compilation = ProtoCompiler.compile(Map.of(), List.of(DESCRIPTOR));
    types =
        compilation.roots().getFirst().messages().stream()
            .collect(Collectors.toMap(MessageType::name, it -> it));
  }

  /// Each as `name = value`.
  ///
  /// @param type such as `FieldOptions`
  List<String> of(String type, WireMessage options) throws IOException {
    return members(Objects.requireNonNull(types.get(type)), options, " = ");
  }

  private List<String> members(MessageType type, WireMessage message, String separator)
      throws IOException {
    var all = new ArrayList<String>();
    for (Field field : type.fields()) {
      if (message.has(field.number()) && !LEFT_OUT.contains(field.name())) {
        for (String value : values(field, message)) {
          all.add(field.name() + separator + value);
        }
      }
    }
    return all;
  }

  private List<String> values(Field field, WireMessage message) throws IOException {
    var all = new ArrayList<String>();
    switch (field.type()) {
      case FieldType.OfMessage(MessageType type) -> {
        for (WireMessage value : message.messages(field.number())) {
          all.add("{ " + String.join(", ", members(type, value, ": ")) + " }");
        }
      }
      case FieldType.OfEnum(EnumType type) -> {
        for (long number : message.allNumbers(field.number())) {
          name(type, number).ifPresent(all::add);
        }
      }
      case FieldType.OfScalar(Scalar scalar) ->
          all.addAll(
              switch (scalar) {
                case STRING -> message.texts(field.number()).stream().map(Quoted::of).toList();
                case BOOL -> List.of(Boolean.toString(message.flag(field.number())));
                default -> List.of(Long.toString(message.number(field.number())));
              });
      case FieldType.Unresolved _ -> {}
    }
    return all;
  }

  private static Optional<String> name(EnumType type, long number) {
    return type.values().stream()
        .filter(it -> it.number() == number)
        .map(EnumValue::name)
        .findFirst();
  }
}
