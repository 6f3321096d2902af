package io.windhover.protoc;

import static io.windhover.protoc.Places.below;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes a `FileDescriptorProto` as the `.proto` file that it may have come from.
///
/// It has what Java is made of: no extensions, no reserved numbers or names, no options that are
/// extensions, and types named in full. The numbers are those of
/// `google/protobuf/descriptor.proto`.
final class FileText {
  private static final List<String> TYPES =
      List.of(
          "double",
          "float",
          "int64",
          "uint64",
          "int32",
          "fixed64",
          "fixed32",
          "bool",
          "string",
          "group",
          "message",
          "bytes",
          "uint32",
          "enum",
          "sfixed32",
          "sfixed64",
          "sint32",
          "sint64");
  private static final String STRING = "string";
  private static final String BYTES = "bytes";
  private static final String GROUP = "group";
  private static final int REQUIRED = 2;
  private static final int REPEATED = 3;
  private static final String EDITIONS = "editions";
  private static final int EDITION_2023 = 1000;
  private static final int EDITION_2024 = 1001;

  private final WireMessage file;
  private final OptionText options;
  private final Places places;
  private final StringBuilder text = new StringBuilder();

  private FileText(WireMessage file, OptionText options) throws IOException {
    this.file = file;
    this.options = options;
    this.places = new Places(file.message(9));
  }

  /// @throws IOException if it is none that protoc would make
  static String of(WireMessage file, OptionText options) throws IOException {
    var writer = new FileText(file, options);
    writer.file();
    return writer.text.toString();
  }

  private String syntax() {
    return file.text(12).isEmpty() ? "proto2" : file.text(12);
  }

  private void file() throws IOException {
    if (syntax().equals(EDITIONS)) {
      line("", "edition = \"" + (file.number(14) - EDITION_2023 + 2023) + "\";");
    } else {
      line("", "syntax = \"%s\";".formatted(syntax()));
    }
    if (file.has(2)) {
      line("", "package %s;".formatted(file.text(2)));
    }
    var imports = file.texts(3);
    var publicOnes = file.allNumbers(10);
    for (int i = 0; i < imports.size(); i++) {
      String word = publicOnes.contains((long) i) ? "public " : "";
      line("", "import %s%s;".formatted(word, Quoted.of(imports.get(i))));
    }
    options("", "FileOptions", file.message(8));
    if (file.number(14) >= EDITION_2024) { // protoc has checked it
      line("", "option features.enforce_naming_style = STYLE_LEGACY;");
      line("", "option features.default_symbol_visibility = EXPORT_ALL;");
    }
    var messages = file.messages(4);
    for (int i = 0; i < messages.size(); i++) {
      message("", messages.get(i), prefix(), below(List.of(), 4, i));
    }
    enums("", file.messages(5), List.of(), 5);
    var services = file.messages(6);
    for (int i = 0; i < services.size(); i++) {
      service(services.get(i), below(List.of(), 6, i));
    }
  }

  private String prefix() {
    return file.has(2) ? "." + file.text(2) + "." : ".";
  }

  private void line(String indent, String line) {
    text.append(indent).append(line).append('\n');
  }

  private void comment(String indent, List<Long> place) {
    text.append(places.comment(place, indent));
  }

  private void options(String indent, String type, WireMessage message) throws IOException {
    for (String option : options.of(type, message)) {
      line(indent, "option " + option + ";");
    }
  }

  /// @param scope what is before its name in its full name
  private void message(String indent, WireMessage message, String scope, List<Long> place)
      throws IOException {
    comment(indent, place);
    line(indent, "message %s {".formatted(message.text(1)));
    body(indent + "  ", message, scope + message.text(1) + ".", place);
    line(indent, "}");
  }

  private void body(String indent, WireMessage message, String scope, List<Long> place)
      throws IOException {
    options(indent, "MessageOptions", message.message(7));
    new MessageBody(indent, message, scope, place).write();
    enums(indent, message.messages(4), place, 4);
  }

  private void enums(String indent, List<WireMessage> enums, List<Long> parent, int field)
      throws IOException {
    for (int i = 0; i < enums.size(); i++) {
      WireMessage type = enums.get(i);
      List<Long> place = below(parent, field, i);
      comment(indent, place);
      line(indent, "enum %s {".formatted(type.text(1)));
      String inner = indent + "  ";
      options(inner, "EnumOptions", type.message(3));
      var values = type.messages(2);
      for (int j = 0; j < values.size(); j++) {
        WireMessage value = values.get(j);
        comment(inner, below(place, 2, j));
        String brackets = brackets(options.of("EnumValueOptions", value.message(3)));
        line(inner, value.text(1) + " = " + (int) value.number(2) + brackets + ";");
      }
      line(indent, "}");
    }
  }

  private static String brackets(List<String> options) {
    return options.isEmpty() ? "" : " [" + String.join(", ", options) + "]";
  }

  private void service(WireMessage service, List<Long> place) throws IOException {
    comment("", place);
    line("", "service %s {".formatted(service.text(1)));
    options("  ", "ServiceOptions", service.message(3));
    var methods = service.messages(2);
    for (int i = 0; i < methods.size(); i++) {
      WireMessage method = methods.get(i);
      comment("  ", below(place, 2, i));
      String request = (method.flag(5) ? "stream " : "") + method.text(2);
      String response = (method.flag(6) ? "stream " : "") + method.text(3);
      line("  ", "rpc %s(%s) returns (%s) {".formatted(method.text(1), request, response));
      options("    ", "MethodOptions", method.message(4));
      line("  ", "}");
    }
    line("", "}");
  }

  /// The fields and messages in one message. A group is both: the messages before it come before it
  /// here, too, and so all keep their order.
  private final class MessageBody {
    private final String indent;
    private final WireMessage message;
    private final String scope;
    private final List<Long> place;
    private final List<WireMessage> fields;
    private final List<WireMessage> nested;
    private int written;

    MessageBody(String indent, WireMessage message, String scope, List<Long> place)
        throws IOException {
      this.indent = indent;
      this.message = message;
      this.scope = scope;
      this.place = place;
      this.fields = message.messages(2);
      this.nested = message.messages(3);
    }

    void write() throws IOException {
      for (int i = 0; i < fields.size(); i++) {
        writeMessagesBeforeGroups(i);
        int oneof = oneof(fields.get(i));
        boolean isFirst = oneof >= 0 && (i == 0 || oneof(fields.get(i - 1)) != oneof);
        boolean isLast =
            oneof >= 0 && (i + 1 == fields.size() || oneof(fields.get(i + 1)) != oneof);
        if (isFirst) {
          WireMessage it = message.messages(8).get(oneof);
          comment(indent, below(place, 8, oneof));
          line(indent, "oneof %s {".formatted(it.text(1)));
          options(indent + "  ", "OneofOptions", it.message(2));
        }
        field(oneof >= 0 ? indent + "  " : indent, fields.get(i), below(place, 2, i));
        if (isLast) {
          line(indent, "}");
        }
      }
      writeMessages(nested.size());
    }

    /// Its number if the file has it; -1 if there is none, or one that was made for the field.
    private int oneof(WireMessage field) {
      return field.has(9) && !field.flag(17) ? (int) field.number(9) : -1;
    }

    /// Writes them before a oneof, in which no message can be.
    private void writeMessagesBeforeGroups(int field) throws IOException {
      int oneof = oneof(fields.get(field));
      if (oneof >= 0 && field > 0 && oneof(fields.get(field - 1)) == oneof) {
        return;
      }
      int end = field;
      do {
        if (isGroup(fields.get(end))) {
          writeMessages(indexOf(fields.get(end)));
        }
        end++;
      } while (oneof >= 0 && end < fields.size() && oneof(fields.get(end)) == oneof);
    }

    private void writeMessages(int end) throws IOException {
      for (; written < end; written++) {
        if (!isMapEntry(nested.get(written)) && !isOfGroup(nested.get(written))) {
          message(indent, nested.get(written), scope, below(place, 3, written));
        }
      }
    }

    private boolean isOfGroup(WireMessage type) {
      String name = scope + type.text(1);
      return fields.stream().anyMatch(it -> isGroup(it) && it.text(6).equals(name));
    }

    private int indexOf(WireMessage field) throws IOException {
      for (int i = 0; i < nested.size(); i++) {
        if (field.text(6).equals(scope + nested.get(i).text(1))) {
          return i;
        }
      }
      throw new IOException("%s%s: no message %s".formatted(scope, field.text(1), field.text(6)));
    }

    private void field(String indent, WireMessage field, List<Long> place) throws IOException {
      comment(indent, place);
      var brackets = new ArrayList<String>();
      brackets.addAll(pseudoOptions(field));
      brackets.addAll(options.of("FieldOptions", field.message(8)));
      String end = " = " + field.number(3) + brackets(brackets);
      if (isGroup(field)) {
        int index = indexOf(field);
        WireMessage type = nested.get(index);
        line(indent, "%sgroup %s%s {".formatted(label(field), type.text(1), end));
        body(indent + "  ", type, scope + type.text(1) + ".", below(this.place, 3, index));
        line(indent, "}");
      } else {
        line(indent, "%s %s%s;".formatted(labelAndType(field), field.text(1), end));
      }
    }

    private String labelAndType(WireMessage field) throws IOException {
      for (WireMessage entry : nested) {
        if (isMapEntry(entry) && field.text(6).equals(scope + entry.text(1))) {
          var parts = entry.messages(2);
          return "map<%s, %s>".formatted(type(parts.get(0)), type(parts.get(1)));
        }
      }
      return label(field) + type(field);
    }

    private String label(WireMessage field) {
      if (field.number(4) == REPEATED) {
        return "repeated ";
      }
      boolean isPlain = oneof(field) >= 0 || !syntax().equals("proto2") && !field.flag(17);
      return isPlain ? "" : field.number(4) == REQUIRED ? "required " : "optional ";
    }
  }

  private static boolean isMapEntry(WireMessage message) throws IOException {
    return message.message(7).flag(7);
  }

  private static boolean isGroup(WireMessage field) {
    return typeName(field).equals(GROUP);
  }

  private static String type(WireMessage field) {
    return field.has(6) ? field.text(6) : typeName(field);
  }

  private static String typeName(WireMessage field) {
    int number = (int) field.number(5);
    return number >= 1 && number <= TYPES.size() ? TYPES.get(number - 1) : "";
  }

  /// `default` and `json_name`.
  private static List<String> pseudoOptions(WireMessage field) {
    var all = new ArrayList<String>();
    if (field.has(7)) {
      String value = field.text(7);
      all.add(
          "default = "
              + switch (typeName(field)) {
                case STRING -> Quoted.of(value);
                case BYTES -> '"' + value + '"'; // escaped by protoc
                default -> value;
              });
    }
    if (field.has(10) && !field.text(10).equals(jsonName(field.text(1)))) {
      all.add("json_name = " + Quoted.of(field.text(10)));
    }
    return all;
  }

  private static String jsonName(String name) {
    var parts = name.split("_", -1);
    var json = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      if (!parts[i].isEmpty()) {
        json.append(parts[i].substring(0, 1).toUpperCase(Locale.ROOT))
            .append(parts[i].substring(1));
      }
    }
    return json.toString();
  }
}
