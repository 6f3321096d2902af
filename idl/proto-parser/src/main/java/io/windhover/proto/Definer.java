package io.windhover.proto;

import io.windhover.proto.ast.Declaration;
import io.windhover.proto.ast.EnumDef;
import io.windhover.proto.ast.EnumValueDef;
import io.windhover.proto.ast.ExtendDef;
import io.windhover.proto.ast.ExtensionsDef;
import io.windhover.proto.ast.FieldDef;
import io.windhover.proto.ast.Label;
import io.windhover.proto.ast.Member;
import io.windhover.proto.ast.MessageDef;
import io.windhover.proto.ast.MethodDef;
import io.windhover.proto.ast.Name;
import io.windhover.proto.ast.NumberLiteral;
import io.windhover.proto.ast.NumberRange;
import io.windhover.proto.ast.OneofDef;
import io.windhover.proto.ast.OptionDef;
import io.windhover.proto.ast.OptionName;
import io.windhover.proto.ast.OptionValue;
import io.windhover.proto.ast.ReservedDef;
import io.windhover.proto.ast.ServiceDef;
import io.windhover.proto.ast.TypeRef;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.parse.Diagnostics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the objects of the model for what is in a file, with no name resolved yet, and those that
/// nobody has written: messages for the entries of maps, oneofs for `optional` in proto3.
final class Definer {
  private static final long MAX_ENUM = Integer.MAX_VALUE;

  private final ProtoFile file;
  private final Names names;
  private final Diagnostics diagnostics;

  /// What each `extend` extends, to be resolved.
  private final Map<Field, Name> extendees;

  private Definer(
      ProtoFile file, Names names, Map<Field, Name> extendees, Diagnostics diagnostics) {
    this.file = file;
    this.names = names;
    this.extendees = extendees;
    this.diagnostics = diagnostics;
  }

  /// @param extendees gets what each extension extends
  static void define(
      ProtoFile file, Names names, Map<Field, Name> extendees, Diagnostics diagnostics) {
    names.addPackage(file);
    new Definer(file, names, extendees, diagnostics).define();
  }

  private void define() {
    for (Declaration declaration : file.syntax().declarations()) {
      switch (declaration) {
        case MessageDef message -> file.add(message(message, null));
        case EnumDef enumeration -> file.add(enumeration(enumeration, null));
        case ExtendDef extend -> extend(extend, null);
        case ServiceDef service -> file.add(service(service));
      }
    }
  }

  private MessageType message(MessageDef syntax, @Nullable MessageType parent) {
    var type = new MessageType(file, parent, syntax.name(), syntax);
    names.add(type);
    long max = maxNumber(syntax);
    for (Member member : syntax.members()) {
      switch (member) {
        case MessageDef message -> type.add(message(message, type));
        case EnumDef enumeration -> type.add(enumeration(enumeration, type));
        case ExtendDef extend -> extend(extend, type);
        case FieldDef field -> type.add(field(field, type, null));
        case OneofDef oneof -> oneof(oneof, type);
        case ExtensionsDef ranges -> extensionRanges(ranges, type, max);
        case ReservedDef reserved -> reserved(reserved, type.reserved(), max);
        case OptionDef _ -> {} // interpreted later
        case EnumValueDef _, MethodDef _, ServiceDef _ ->
            throw new IllegalStateException("in a message: " + member);
      }
    }
    addSyntheticOneofs(type);
    return type;
  }

  private Field field(FieldDef syntax, MessageType scope, @Nullable Oneof oneof) {
    Label label = syntax.label().orElse(Label.OPTIONAL);
    FieldType type;
    if (syntax.type() instanceof TypeRef.OfMap map) {
      label = Label.REPEATED;
      MessageType entry = mapEntry(syntax, map, scope);
      type = new FieldType.OfMessage(entry);
    } else {
      type = type(syntax, scope);
    }
    var field =
        new Field(file, scope, false, name(syntax), number(syntax), syntax, label, type, oneof);
    names.add(field);
    return field;
  }

  /// The type of a field that is no map. That of a group is made here.
  private FieldType type(FieldDef syntax, @Nullable MessageType scope) {
    if (syntax.group().isPresent()) {
      MessageType group = message(syntax.group().get(), scope);
      if (scope == null) {
        file.add(group);
      } else {
        scope.add(group);
      }
      return new FieldType.OfMessage(group);
    }
    return simple(syntax.type());
  }

  private static FieldType simple(TypeRef type) {
    return switch (type) {
      case TypeRef.OfScalar(var scalar, _) -> new FieldType.OfScalar(scalar);
      case TypeRef.Named(var name) -> new FieldType.Unresolved(name);
      case TypeRef.OfMap map -> throw new IllegalStateException("a map in " + map.span());
    };
  }

  private static Name name(FieldDef syntax) {
    Name name = syntax.name();
    if (syntax.group().isEmpty()) {
      return name;
    }
    return new Name(JsonNames.lower(name.text()), name.span());
  }

  private MessageType mapEntry(FieldDef syntax, TypeRef.OfMap map, MessageType scope) {
    var name = new Name(JsonNames.ofMapEntry(syntax.name().text()), syntax.name().span());
    var entry = new MessageType(file, scope, name, null);
    names.add(entry);
    entry.add(entryField(syntax, "key", 1, map.key(), entry));
    entry.add(entryField(syntax, "value", 2, map.value(), entry));
    scope.add(entry);
    return entry;
  }

  private Field entryField(
      FieldDef syntax, String name, int number, TypeRef type, MessageType entry) {
    var at = new Name(name, type.span());
    var field =
        new Field(file, entry, false, at, number, syntax, Label.OPTIONAL, simple(type), null);
    names.add(field);
    return field;
  }

  private void oneof(OneofDef syntax, MessageType type) {
    var oneof = new Oneof(type, syntax.name(), syntax);
    names.add(oneof);
    type.add(oneof);
    for (Member member : syntax.members()) {
      if (member instanceof FieldDef field && !(field.type() instanceof TypeRef.OfMap)) {
        type.add(field(field, type, oneof));
      }
    }
  }

  /// A field with the word `optional` in proto3 is the only one of a oneof, by which older programs
  /// can tell whether it is set.
  private void addSyntheticOneofs(MessageType type) {
    var taken = new HashSet<String>();
    type.fields().forEach(it -> taken.add(it.name()));
    type.oneofs().forEach(it -> taken.add(it.name()));
    for (Field field : new ArrayList<>(type.fields())) {
      if (field.isProto3Optional() && field.oneof().isEmpty()) {
        String name = field.name().startsWith("_") ? field.name() : "_" + field.name();
        while (!taken.add(name)) {
          name = "X" + name;
        }
        var oneof = new Oneof(type, new Name(name, field.span()), null);
        names.add(oneof);
        type.add(oneof);
        field.setOneof(oneof);
      }
    }
  }

  private void extend(ExtendDef syntax, @Nullable MessageType scope) {
    for (FieldDef member : syntax.fields()) {
      if (member.type() instanceof TypeRef.OfMap) {
        diagnostics.report(
            ProtoRule.MAP_FIELD, member.type().span(), "an extension cannot be a map");
        continue;
      }
      Label label = member.label().orElse(Label.OPTIONAL);
      FieldType type = type(member, scope);
      var field =
          new Field(file, scope, true, name(member), number(member), member, label, type, null);
      names.add(field);
      extendees.put(field, syntax.extendee());
      if (scope == null) {
        file.addExtension(field);
      } else {
        scope.addExtension(field);
      }
    }
  }

  private EnumType enumeration(EnumDef syntax, @Nullable MessageType parent) {
    var type = new EnumType(file, parent, syntax);
    names.add(type);
    for (Member member : syntax.members()) {
      if (member instanceof EnumValueDef value) {
        int number =
            fit(value.number(), Integer.MIN_VALUE, MAX_ENUM, ProtoRule.ENUM_NUMBER, "number");
        var added = new EnumValue(type, value, number);
        names.add(added);
        type.add(added);
      } else if (member instanceof ReservedDef reserved) {
        reserved(reserved, type.reserved(), MAX_ENUM);
      }
    }
    return type;
  }

  private Service service(ServiceDef syntax) {
    var service = new Service(file, syntax);
    names.add(service);
    for (Member member : syntax.members()) {
      if (member instanceof MethodDef method) {
        var added = new Method(service, method);
        names.add(added);
        service.add(added);
      }
    }
    return service;
  }

  private void extensionRanges(ExtensionsDef syntax, MessageType type, long max) {
    for (NumberRange range : syntax.ranges()) {
      Reserved.Range numbers = range(range, max, max);
      if (numbers != null) {
        type.add(new ExtensionRange(syntax, numbers));
      }
    }
  }

  /// @param max what `max` stands for; reserved numbers may be larger than any that there can be
  private void reserved(ReservedDef syntax, Reserved reserved, long max) {
    long limit = Math.max(max, Integer.MAX_VALUE - 1);
    for (NumberRange range : syntax.ranges()) {
      Reserved.Range numbers = range(range, max, limit);
      if (numbers != null) {
        reserved.add(numbers);
      }
    }
    syntax.names().forEach(reserved::add);
  }

  private Reserved.@Nullable Range range(NumberRange range, long max, long limit) {
    boolean isOfEnum = max == MAX_ENUM && range.first() <= 0;
    long min = isOfEnum ? Integer.MIN_VALUE : 1;
    long last = range.last() == NumberRange.MAX ? max : range.last();
    if (range.first() < min || range.first() > limit || last > limit || last < range.first()) {
      diagnostics.report(
          ProtoRule.NUMBER_RANGE,
          range.span(),
          "range of numbers: %d to %d (expected: from low to high, within %d..%d)"
              .formatted(range.first(), last, min, limit));
      return null;
    }
    return new Reserved.Range((int) range.first(), (int) last, range.span());
  }

  /// The largest number of fields and extensions of a message.
  private static long maxNumber(MessageDef syntax) {
    boolean isSet =
        syntax.members().stream()
            .anyMatch(it -> it instanceof OptionDef option && isMessageSet(option));
    return isSet ? Integer.MAX_VALUE - 1 : Field.MAX_NUMBER;
  }

  private static boolean isMessageSet(OptionDef option) {
    OptionName name = option.name();
    return name.is("message_set_wire_format")
        && option.value() instanceof OptionValue.Word word
        && word.text().equals("true");
  }

  private int number(FieldDef syntax) {
    return fit(
        syntax.number(), Integer.MIN_VALUE, Integer.MAX_VALUE, ProtoRule.FIELD_NUMBER, "number");
  }

  private int fit(NumberLiteral number, long min, long max, ProtoRule rule, String what) {
    if (number.value() < min || number.value() > max) {
      diagnostics.report(
          rule,
          number.span(),
          "%s: %s (expected: %d..%d)".formatted(what, number.span().text(), min, max));
      return 1;
    }
    return (int) number.value();
  }
}
