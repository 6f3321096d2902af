package io.windhover.proto;

import io.windhover.proto.ast.OptionDef;
import io.windhover.proto.ast.OptionName;
import io.windhover.proto.ast.OptionValue;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out what the options of one thing mean: which fields of the message that
/// `descriptor.proto` has for them, or which extensions of it, and of what these hold.
final class OptionInterpreter {
  private final String scope;
  private final ProtoFile file;
  private final Names names;
  private final ImportUses uses;
  private final Diagnostics diagnostics;
  private final MessageValue all;
  private final List<Options.Statement> custom = new ArrayList<>();

  /// Messages of which statements set parts, each with the first of these.
  private final Map<MessageValue, OptionDef> inParts = new LinkedHashMap<>();

  /// @param type the message for options of this kind
  /// @param scope the full name of what has the options: names are looked for beside it
  OptionInterpreter(
      MessageType type,
      String scope,
      ProtoFile file,
      Names names,
      ImportUses uses,
      Diagnostics diagnostics) {
    this.scope = scope;
    this.file = file;
    this.names = names;
    this.uses = uses;
    this.diagnostics = diagnostics;
    this.all = new MessageValue(type);
  }

  Options interpret(List<OptionDef> options) {
    options.forEach(this::set);
    inParts.forEach(this::reportMissing);
    return all.isEmpty() ? Options.NONE : new Options(all, custom, options.getFirst().span());
  }

  private void set(OptionDef option) {
    if (option.name().parts().getFirst().name().text().equals("uninterpreted_option")) {
      diagnostics.report(
          ProtoRule.OPTION_NAME, option.name().span(), "'uninterpreted_option' is not for files");
      return;
    }
    List<Field> path = path(option.name());
    if (path == null) {
      return;
    }
    Value value = value(path.getLast(), option);
    if (value == null || !put(path, value, option)) {
      return;
    }
    if (path.getFirst().isExtension()) {
      custom.add(new Options.Statement(path, value));
    }
  }

  /// The fields that a name leads along; null if it leads nowhere, which is reported.
  private @Nullable List<Field> path(OptionName name) {
    var path = new ArrayList<Field>();
    MessageType type = all.type();
    for (OptionName.Part part : name.parts()) {
      if (type == null) {
        diagnostics.report(
            ProtoRule.OPTION_NAME,
            part.span(),
            "option '%s' is no message and has no parts".formatted(path.getLast().name()));
        return null;
      }
      if (!path.isEmpty() && path.getLast().isRepeated()) {
        diagnostics.report(
            ProtoRule.OPTION_NAME,
            part.span(),
            "option '%s' is repeated: its parts have no names".formatted(path.getLast().name()),
            "set each of them with a message in braces");
        return null;
      }
      Field field = part.isExtension() ? extension(type, part) : field(type, part);
      if (field == null) {
        return null;
      }
      path.add(field);
      type = field.type() instanceof FieldType.OfMessage(var next) ? next : null;
    }
    return path;
  }

  private @Nullable Field field(MessageType type, OptionName.Part part) {
    String name = part.name().text();
    Field field = type.field(name);
    if (field == null) {
      var diagnostic =
          Diagnostic.of(ProtoRule.OPTION_NAME, part.span(), "unknown option '" + name + "'");
      diagnostics.report(
          diagnostic.maybeHelp(
              Suggestion.help(name, type.fields().stream().map(Field::name).toList())
                  .or(() -> customHelp(type, part))));
    }
    return field;
  }

  /// What to write for a name that is that of an extension.
  private Optional<String> customHelp(MessageType type, OptionName.Part part) {
    return names.find(part.name().text(), scope, file, _ -> true).symbol() instanceof Field field
            && field.isExtension()
            && field.message() == type
        ? Optional.of("write (" + part.name() + "): options of one's own need parentheses")
        : Optional.empty();
  }

  private @Nullable Field extension(MessageType type, OptionName.Part part) {
    String name = part.name().text();
    var found = names.find(name, scope, file, _ -> true);
    switch (found.symbol()) {
      case null -> {
        Symbol hidden = found.hidden();
        diagnostics.report(
            hidden != null ? ProtoRule.MISSING_IMPORT : ProtoRule.OPTION_NAME,
            part.span(),
            hidden != null
                ? "option '(%s)' is in '%s', which is not imported"
                    .formatted(name, hidden.file().name())
                : "unknown option '(" + name + ")'",
            hidden != null
                ? "add: import \"" + hidden.file().name() + "\";"
                : "import the file that extends '" + type + "' with it");
      }
      case Field field when field.message() == type -> {
        if (field.file() == file && type.fullName().equals(Features.MESSAGE)) {
          diagnostics.report(
              ProtoRule.FEATURE,
              part.span(),
              "feature '(" + name + ")' is used in the file that defines it",
              "define it in a file of its own");
        }
        uses.add(file, field);
        return field;
      }
      case Field field when field.isExtension() ->
          diagnostics.report(
              ProtoRule.OPTION_TARGET,
              part.span(),
              "option '(%s)' is for %s, not for %s"
                  .formatted(name, field.message().name(), type.name()));
      case Symbol other ->
          diagnostics.report(
              Diagnostic.of(
                      ProtoRule.OPTION_NAME,
                      part.span(),
                      "'%s' is %s, not an extension".formatted(name, other.kind()))
                  .withLabel(other.span(), "defined here"));
    }
    return null;
  }

  private @Nullable Value value(Field field, OptionDef option) {
    OptionValue written = option.value();
    if (!(field.type() instanceof FieldType.OfMessage(var type))) {
      return new ScalarReader(diagnostics, false).readOption(field, written);
    }
    if (written instanceof OptionValue.Aggregate aggregate) {
      var reader = new AggregateReader(file, names, uses, diagnostics);
      return new Value.OfMessage(reader.read(type, aggregate));
    }
    diagnostics.report(
        ProtoRule.OPTION_VALUE,
        written.span(),
        "value: %s (expected: a message, '{ ... }')".formatted(written),
        "or set its parts: '" + option.name() + ".part = ...'");
    return null;
  }

  /// Whether it was not set before, which is reported.
  private boolean put(List<Field> path, Value value, OptionDef option) {
    MessageValue target = all;
    for (Field field : path.subList(0, path.size() - 1)) {
      FieldType.OfMessage type = (FieldType.OfMessage) field.type();
      target = target.part(field, type.message());
      inParts.putIfAbsent(target, option);
    }
    Field last = path.getLast();
    if (!last.isRepeated() && target.has(last)) {
      diagnostics.report(
          ProtoRule.DUPLICATE_OPTION,
          option.name().span(),
          "option '" + option.name() + "' is set twice");
      return false;
    }
    target.put(last, copy(value));
    return true;
  }

  private void reportMissing(MessageValue message, OptionDef option) {
    for (Field field : message.type().fields()) {
      if (AggregateReader.isRequired(field) && !message.has(field)) {
        diagnostics.report(
            ProtoRule.OPTION_VALUE,
            option.name().span(),
            "'%s' lacks its required field '%s'".formatted(message.type(), field.name()));
      }
    }
  }

  /// A copy, since later statements may set more parts of a message.
  private static Value copy(Value value) {
    return value instanceof Value.OfMessage(var message)
        ? new Value.OfMessage(message.copy())
        : value;
  }
}
