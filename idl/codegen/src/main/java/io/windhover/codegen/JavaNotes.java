package io.windhover.codegen;

import io.windhover.codegen.model.JavaNames;
import io.windhover.codegen.model.MemberNames;
import io.windhover.codegen.model.TypeNames;
import io.windhover.idl.Constant;
import io.windhover.idl.Definition;
import io.windhover.idl.EnumType;
import io.windhover.idl.Program;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.Typedef;
import io.windhover.idl.ast.Name;
import io.windhover.idl.ast.Namespace;
import io.windhover.idl.ast.StructKind;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Notes on names that generated Java spells with an underscore behind, since the language or the
/// generated class has taken them.
public final class JavaNotes {
  private final List<Diagnostic> notes = new ArrayList<>();

  private final Settings settings;

  private JavaNotes(Settings settings) {
    this.settings = settings;
  }

  /// The notes on what `programs` define, file by file.
  ///
  /// @param options with which they are generated
  public static List<Diagnostic> of(Collection<Program> programs, GeneratorOptions options) {
    var all = TypeNames.withIncludes(programs);
    var notes = new JavaNotes(new Settings(options, all, new ArrayList<>()));
    for (var program : programs) {
      program.syntax().namespaces().forEach(notes::namespace);
      program.definitions().forEach(notes::definition);
    }
    return List.copyOf(notes.notes);
  }

  private void namespace(Namespace namespace) {
    var name = namespace.name().text();
    if (namespace.scope().equals("java")) {
      compare(namespace.name().span(), name, name, JavaNames.packageName(name));
    }
  }

  private void definition(Definition definition) {
    switch (definition) {
      case StructType struct -> struct(struct);
      case EnumType type -> {
        type(type.syntax().name());
        for (var item : type.items()) {
          compare(item.syntax().name(), item.name(), MemberNames.of(item));
        }
      }
      case Service service -> service(service);
      case Constant constant -> {
        var name = constant.syntax().name();
        compare(name, name.text(), JavaNames.constant(name.text(), Set.of()));
      }
      case Typedef _ -> {} // no name of Java
    }
  }

  private void struct(StructType struct) {
    type(struct.syntax().name());
    var names = MemberNames.of(struct, settings.isRecord(struct), Set.of());
    for (var field : struct.fields()) {
      var plain =
          struct.kind() == StructKind.UNION
              ? MemberNames.stem(field)
              : JavaNames.camelCase(field.name());
      compare(field.syntax().name(), plain, names.getOrDefault(field.name(), plain));
    }
  }

  private void service(Service service) {
    type(service.syntax().name());
    for (var method : service.methods()) {
      var name = method.syntax().name();
      compare(name, JavaNames.camelCase(name.text()), MemberNames.of(method));
      for (var argument : method.arguments()) {
        var plain = JavaNames.camelCase(argument.name());
        compare(argument.syntax().name(), plain, JavaNames.parameter(argument.name(), Set.of()));
      }
    }
  }

  private void type(Name name) {
    var spelled = JavaNames.type(name.text());
    boolean isChanged = spelled.endsWith("_") && !name.text().endsWith("_");
    var plain = isChanged ? spelled.substring(0, spelled.length() - 1) : spelled;
    compare(name, plain, spelled);
  }

  private void compare(Name name, String plain, String spelled) {
    compare(name.span(), name.text(), plain, spelled);
  }

  /// @param plain the name by the conventions of Java alone
  private void compare(Span span, String name, String plain, String spelled) {
    if (spelled.equals(plain)) {
      return;
    }
    boolean isWord = !JavaNames.packageName(plain).equals(plain);
    notes.add(
        Diagnostic.of(
            isWord ? ThriftRule.JAVA_WORD : ThriftRule.JAVA_MEMBER,
            span,
            "'%s' is %s: spelled '%s' there"
                .formatted(name, isWord ? "a word of Java" : "taken in generated Java", spelled)));
  }
}
