package io.windhover.proto;

import io.windhover.proto.ast.Member;
import io.windhover.proto.ast.MessageDef;
import io.windhover.proto.ast.Name;
import io.windhover.proto.ast.OptionDef;
import io.windhover.proto.ast.OptionName;
import io.windhover.proto.ast.OptionValue;
import io.windhover.source.parse.Diagnostics;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Interprets the options of all that is in a file.
final class OptionLinker {
  private final ProtoFile descriptor;
  private final Names names;
  private final ImportUses uses;
  private final Diagnostics diagnostics;

  /// @param descriptor the file that says which options there are, if the run has one; if not, ours
  ///   counts
  OptionLinker(
      Optional<ProtoFile> descriptor, Names names, ImportUses uses, Diagnostics diagnostics) {
    this.descriptor = descriptor.orElseGet(StandardDescriptor::file);
    this.names = names;
    this.uses = uses;
    this.diagnostics = diagnostics;
  }

  void link(ProtoFile file) {
    // A name is looked for beside what has the option; here that is any name in the package.
    file.setOptions(interpret("FileOptions", file.syntax().options(), file.fullName("file"), file));
    file.messages().forEach(this::link);
    file.enums().forEach(this::link);
    file.extensions().forEach(this::link);
    for (Service service : file.services()) {
      service.setOptions(
          interpret("ServiceOptions", of(service.syntax().members()), service.fullName(), file));
      for (Method method : service.methods()) {
        List<OptionDef> written = method.syntax().options();
        method.setOptions(interpret("MethodOptions", written, method.fullName(), file));
      }
    }
  }

  private void link(MessageType message) {
    ProtoFile file = message.file();
    message.messages().forEach(this::link);
    message.enums().forEach(this::link);
    message.fields().forEach(this::link);
    message.extensions().forEach(this::link);
    List<OptionDef> written =
        message.isMapEntry()
            ? List.of(mapEntry(message))
            : of(message.syntax().map(MessageDef::members).orElse(List.of()));
    message.setOptions(interpret("MessageOptions", written, message.fullName(), file));
    for (Oneof oneof : message.oneofs()) {
      oneof.setOptions(
          interpret(
              "OneofOptions",
              of(oneof.syntax().map(it -> it.members()).orElse(List.of())),
              oneof.fullName(),
              file));
    }
    for (ExtensionRange range : message.extensionRanges()) {
      List<OptionDef> options = range.syntax().options();
      range.setOptions(interpret("ExtensionRangeOptions", options, message.fullName(), file));
    }
  }

  /// What makes descriptors show that a message is for the entries of a map.
  private static OptionDef mapEntry(MessageType message) {
    var name = new Name("map_entry", message.span());
    var part = new OptionName.Part(name, false);
    return new OptionDef(
        new OptionName(List.of(part), message.span()),
        new OptionValue.Word("true", false, message.span()),
        message.span());
  }

  private void link(EnumType type) {
    List<OptionDef> written = of(type.syntax().members());
    type.setOptions(interpret("EnumOptions", written, type.fullName(), type.file()));
    for (EnumValue value : type.values()) {
      List<OptionDef> options = value.syntax().options();
      value.setOptions(interpret("EnumValueOptions", options, value.fullName(), type.file()));
    }
  }

  private void link(Field field) {
    List<OptionDef> written =
        field.syntax().options().stream()
            .filter(it -> !it.name().is("default") && !it.name().is("json_name"))
            .filter(it -> !field.isOfMapEntry() || isFeature(it))
            .toList();
    field.setOptions(interpret("FieldOptions", written, field.fullName(), field.file()));
  }

  /// Whether an option of a map counts for its keys and values, too.
  private static boolean isFeature(OptionDef option) {
    OptionName.Part first = option.name().parts().getFirst();
    return !first.isExtension() && first.name().text().equals("features");
  }

  private static List<OptionDef> of(List<? extends Member> members) {
    return members.stream().filter(OptionDef.class::isInstance).map(OptionDef.class::cast).toList();
  }

  private Options interpret(String type, List<OptionDef> options, String scope, ProtoFile file) {
    MessageType message = options.isEmpty() ? null : type(type);
    return message == null
        ? Options.NONE
        : new OptionInterpreter(message, scope, file, names, uses, diagnostics).interpret(options);
  }

  /// The message for options of a kind; null if the run's `descriptor.proto` has none.
  private @Nullable MessageType type(String name) {
    return descriptor.messages().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElse(null);
  }
}
