package io.windhover.proto;

import io.windhover.proto.ast.AggregateField;
import io.windhover.proto.ast.Label;
import io.windhover.proto.ast.OptionValue;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.proto.source.Bytes;
import io.windhover.source.Diagnostic;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads messages in the text format. Source: the page "Text Format Language" of Protobuf's
/// documentation.
final class AggregateReader {
  private static final String ANY = "google.protobuf.Any";

  private final ProtoFile file;
  private final Names names;
  private final ImportUses uses;
  private final Diagnostics diagnostics;
  private final ScalarReader scalars;

  /// @param file in which the text stands
  AggregateReader(ProtoFile file, Names names, ImportUses uses, Diagnostics diagnostics) {
    this.file = file;
    this.names = names;
    this.uses = uses;
    this.diagnostics = diagnostics;
    this.scalars = new ScalarReader(diagnostics, true);
  }

  /// The message; what is wrong in it is reported and left out.
  MessageValue read(MessageType type, OptionValue.Aggregate text) {
    var message = new MessageValue(type);
    Map<Oneof, Field> set = new HashMap<>();
    for (AggregateField part : text.fields()) {
      if (part.isBracketed() && part.name().text().contains("/")) {
        any(message, part);
        continue;
      }
      Field field = field(type, part);
      if (field == null || !isFirst(message, set, field, part)) {
        continue;
      }
      Value value = value(field, part);
      if (value != null) {
        message.put(field, value);
      }
    }
    reportMissing(message, text);
    return message;
  }

  private boolean isFirst(
      MessageValue message, Map<Oneof, Field> set, Field field, AggregateField part) {
    if (!field.isRepeated() && message.has(field)) {
      String text = "field '" + field.name() + "' is set twice";
      diagnostics.report(ProtoRule.DUPLICATE_OPTION, part.name().span(), text);
      return false;
    }
    Field other = field.oneof().map(it -> set.putIfAbsent(it, field)).orElse(null);
    if (other != null) {
      diagnostics.report(
          ProtoRule.DUPLICATE_OPTION,
          part.name().span(),
          "fields '%s' and '%s' are of one oneof".formatted(other.name(), field.name()));
    }
    return other == null;
  }

  private void reportMissing(MessageValue message, OptionValue text) {
    for (Field field : message.type().fields()) {
      if (isRequired(field) && !message.has(field)) {
        diagnostics.report(
            ProtoRule.OPTION_VALUE,
            text.span(),
            "'%s' lacks its required field '%s'".formatted(message.type(), field.name()));
      }
    }
  }

  private @Nullable Field field(MessageType type, AggregateField part) {
    String name = part.name().text();
    if (part.isBracketed()) {
      return extension(type, part);
    }
    for (Field field : type.fields()) {
      if (field.name().equals(name) || isLikeGroup(field) && messageName(field).equals(name)) {
        return field;
      }
    }
    diagnostics.report(
        Diagnostic.of(
                ProtoRule.OPTION_NAME,
                part.name().span(),
                "message '%s' has no field '%s'".formatted(type, name))
            .maybeHelp(Suggestion.help(name, type.fields().stream().map(Field::name).toList())));
    return null;
  }

  /// Whether a field is a group, or is what editions have instead of groups: such a field can be
  /// called as its message is.
  private static boolean isLikeGroup(Field field) {
    return isDelimited(field)
        && field.type() instanceof FieldType.OfMessage(var type)
        && type.parent().equals(field.scope())
        && JsonNames.lower(type.name()).equals(field.name());
  }

  /// Whether a field is delimited, be it of this file, whose features are not known yet.
  private static boolean isDelimited(Field field) {
    return field.isDelimited()
        || field.syntax().group().isPresent()
        || says(field, "features.message_encoding", "DELIMITED");
  }

  /// Whether a field is required, be it of this file.
  static boolean isRequired(Field field) {
    return field.isRequired()
        || field.label() == Label.REQUIRED
        || says(field, "features.field_presence", "LEGACY_REQUIRED");
  }

  private static boolean says(Field field, String option, String value) {
    return field.syntax().options().stream()
        .anyMatch(it -> it.name().toString().equals(option) && it.value().toString().equals(value));
  }

  private static String messageName(Field field) {
    return field.type() instanceof FieldType.OfMessage(var type) ? type.name() : field.name();
  }

  private @Nullable Field extension(MessageType type, AggregateField part) {
    String name = part.name().text();
    Symbol symbol = names.find(name, type.fullName(), file, _ -> true).symbol();
    if (symbol instanceof MessageType message) {
      symbol = inSet(type, message); // of a message set, the extension that has this type
    }
    if (symbol instanceof Field field && field.isExtension() && field.message() == type) {
      uses.add(file, field);
      return field;
    }
    diagnostics.report(
        ProtoRule.OPTION_NAME,
        part.name().span(),
        "'%s' has no extension '%s' here".formatted(type, name),
        "import the file that defines it");
    return null;
  }

  private static @Nullable Field inSet(MessageType type, MessageType message) {
    return message.extensions().stream()
        .filter(it -> it.hasExtendee() && it.message() == type && type.isMessageSet())
        .filter(it -> it.type().equals(new FieldType.OfMessage(message)))
        .findFirst()
        .orElse(null);
  }

  private @Nullable Value value(Field field, AggregateField part) {
    boolean isMessage = field.type() instanceof FieldType.OfMessage;
    if (!part.hasColon() && !isMessage) {
      diagnostics.report(
          ProtoRule.OPTION_VALUE,
          part.name().span(),
          "no ':' behind '" + field.name() + "'",
          "only messages can do without it");
      return null;
    }
    if (!(part.value() instanceof OptionValue.Elements(var elements, _))) {
      return single(field, part.value());
    }
    if (!field.isRepeated()) {
      diagnostics.report(
          ProtoRule.OPTION_VALUE,
          part.value().span(),
          "value: a list (expected: a single one, '" + field.name() + "' is not repeated)");
      return null;
    }
    var values = new ArrayList<Value>();
    for (OptionValue element : elements) {
      Value value = single(field, element);
      if (value != null) {
        values.add(value);
      }
    }
    return new Value.OfList(List.copyOf(values));
  }

  private @Nullable Value single(Field field, OptionValue written) {
    if (!(field.type() instanceof FieldType.OfMessage(var type))) {
      return scalars.readOption(field, written);
    }
    if (written instanceof OptionValue.Aggregate aggregate) {
      return new Value.OfMessage(read(type, aggregate));
    }
    diagnostics.report(
        ProtoRule.OPTION_VALUE,
        written.span(),
        "value: " + written + " (expected: a message in braces)");
    return null;
  }

  /// `[type.googleapis.com/a.B] { ... }`: the message that an `Any` holds.
  private void any(MessageValue message, AggregateField part) {
    String url = part.name().text();
    int slash = url.lastIndexOf('/');
    String domain = url.substring(0, slash);
    boolean isKnown = domain.equals("type.googleapis.com") || domain.equals("type.googleprod.com");
    Symbol symbol = names.find("." + url.substring(slash + 1), "", file, _ -> true).symbol();
    Field urlField = message.type().field("type_url");
    Field valueField = message.type().field("value");
    if (!message.type().fullName().equals(ANY) || urlField == null || valueField == null) {
      String text = "'" + message.type() + "' is not " + ANY + ", and holds no message by URL";
      diagnostics.report(ProtoRule.OPTION_NAME, part.name().span(), text);
    } else if (!isKnown || !(symbol instanceof MessageType type)) {
      diagnostics.report(
          ProtoRule.UNDEFINED_NAME,
          part.name().span(),
          "no message is called '" + url + "' here",
          "write type.googleapis.com/ and its full name, and import its file");
    } else if (message.has(valueField) || message.has(urlField)) {
      diagnostics.report(
          ProtoRule.DUPLICATE_OPTION, part.name().span(), "the message of the Any is set twice");
    } else if (part.value() instanceof OptionValue.Aggregate aggregate) {
      uses.add(file, type);
      message.put(urlField, new Value.OfBytes(Bytes.of(url)));
      message.put(valueField, new Value.OfSerialized(read(type, aggregate)));
    } else {
      diagnostics.report(
          ProtoRule.OPTION_VALUE,
          part.value().span(),
          "value: " + part.value() + " (expected: a message in braces)");
    }
  }
}
