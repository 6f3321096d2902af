package io.windhover.proto.format;

import io.windhover.proto.ast.AggregateField;
import io.windhover.proto.ast.Declaration;
import io.windhover.proto.ast.Document;
import io.windhover.proto.ast.EnumDef;
import io.windhover.proto.ast.EnumValueDef;
import io.windhover.proto.ast.ExtendDef;
import io.windhover.proto.ast.ExtensionsDef;
import io.windhover.proto.ast.FieldDef;
import io.windhover.proto.ast.Import;
import io.windhover.proto.ast.Member;
import io.windhover.proto.ast.MessageDef;
import io.windhover.proto.ast.MethodDef;
import io.windhover.proto.ast.Name;
import io.windhover.proto.ast.Node;
import io.windhover.proto.ast.OneofDef;
import io.windhover.proto.ast.OptionDef;
import io.windhover.proto.ast.OptionName;
import io.windhover.proto.ast.OptionValue;
import io.windhover.proto.ast.ReservedDef;
import io.windhover.proto.ast.ServiceDef;
import io.windhover.proto.ast.TypeRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the syntax tree says about the tokens of a file, by their offsets.
final class Shape {

  /// What a statement at the top of a file is: those of one kind stand together.
  enum Kind {
    SYNTAX,
    PACKAGE,
    IMPORT,
    OPTION,
    /// A definition with members, or one that could have them.
    DEFINITION
  }

  private final Map<Integer, Kind> statements = new HashMap<>();
  private final Set<Integer> aggregates = new HashSet<>();
  private final Set<Integer> aggregateFieldEnds = new HashSet<>();
  private final Set<Integer> bracketedNames = new HashSet<>();
  private final Set<Integer> numbers = new HashSet<>();
  private final Set<Integer> nameStarts = new HashSet<>();
  private final Set<Integer> methodNameEnds = new HashSet<>();

  Shape(Document document) {
    document.syntax().ifPresent(it -> statement(it, Kind.SYNTAX));
    document
        .packageName()
        .ifPresent(
            it -> {
              statement(it, Kind.PACKAGE);
              name(it.name());
            });
    for (Import it : document.imports()) {
      statement(it, Kind.IMPORT);
    }
    for (OptionDef it : document.options()) {
      statement(it, Kind.OPTION);
      option(it);
    }
    for (Declaration it : document.declarations()) {
      statement(it, Kind.DEFINITION);
      member(it);
    }
  }

  /// The kind of the statement that starts here, at the top of the file.
  @Nullable Kind kindAt(int start) {
    return statements.get(start);
  }

  /// Whether the brace or angle that starts here opens a message in the text format.
  boolean isAggregate(int start) {
    return aggregates.contains(start);
  }

  /// Whether a field of a message in the text format ends here.
  boolean isAggregateFieldEnd(int end) {
    return aggregateFieldEnds.contains(end);
  }

  /// Whether the bracket that starts here is part of a name in the text format.
  boolean isBracketedName(int start) {
    return bracketedNames.contains(start);
  }

  /// Whether numbers, or names, are listed in the statement that starts here.
  boolean isNumbers(int start) {
    return numbers.contains(start);
  }

  /// Whether a name starts here, be it with a dot.
  boolean isNameStart(int start) {
    return nameStarts.contains(start);
  }

  /// Whether the name that ends here is a method's.
  boolean isMethodName(int end) {
    return methodNameEnds.contains(end);
  }

  private void statement(Node node, Kind kind) {
    statements.put(node.span().start(), kind);
  }

  private void name(Name name) {
    nameStarts.add(name.span().start());
  }

  private void members(List<Member> members) {
    members.forEach(this::member);
  }

  private void member(Member member) {
    switch (member) {
      case EnumDef it -> members(it.members());
      case EnumValueDef it -> options(it.options());
      case ExtendDef it -> {
        name(it.extendee());
        it.fields().forEach(this::member);
      }
      case ExtensionsDef it -> {
        numbers.add(it.span().start());
        options(it.options());
      }
      case FieldDef it -> {
        type(it.type());
        options(it.options());
        it.group().ifPresent(group -> members(group.members()));
      }
      case MessageDef it -> members(it.members());
      case MethodDef it -> {
        methodNameEnds.add(it.name().span().end());
        name(it.input().name());
        name(it.output().name());
        options(it.options());
      }
      case OneofDef it -> members(it.members());
      case OptionDef it -> option(it);
      case ReservedDef it -> numbers.add(it.span().start());
      case ServiceDef it -> members(it.members());
    }
  }

  private void type(TypeRef type) {
    switch (type) {
      case TypeRef.OfMap map -> {
        type(map.key());
        type(map.value());
      }
      case TypeRef.Named named -> name(named.name());
      case TypeRef.OfScalar _ -> {}
    }
  }

  private void options(List<OptionDef> options) {
    options.forEach(this::option);
  }

  private void option(OptionDef option) {
    for (OptionName.Part part : option.name().parts()) {
      name(part.name());
    }
    value(option.value());
  }

  private void value(OptionValue value) {
    switch (value) {
      case OptionValue.Aggregate aggregate -> {
        aggregates.add(aggregate.span().start());
        for (AggregateField field : aggregate.fields()) {
          aggregateFieldEnds.add(field.span().end());
          if (field.isBracketed()) {
            bracketedNames.add(field.span().start());
          }
          value(field.value());
        }
      }
      case OptionValue.Elements elements -> elements.values().forEach(this::value);
      case OptionValue.Decimal _, OptionValue.Text _, OptionValue.Whole _, OptionValue.Word _ -> {}
    }
  }
}
