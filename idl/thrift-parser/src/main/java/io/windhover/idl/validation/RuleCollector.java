package io.windhover.idl.validation;

import io.windhover.idl.Definition;
import io.windhover.idl.Field;
import io.windhover.idl.Method;
import io.windhover.idl.Program;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.ast.Annotation;
import io.windhover.idl.ast.ConstDef;
import io.windhover.idl.ast.EnumDef;
import io.windhover.idl.ast.FieldDef;
import io.windhover.idl.ast.MethodDef;
import io.windhover.idl.ast.ServiceDef;
import io.windhover.idl.ast.StructDef;
import io.windhover.idl.ast.StructKind;
import io.windhover.idl.ast.TypeRef;
import io.windhover.idl.ast.TypedefDef;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.parse.Diagnostics;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the `vt.*` annotations of whole files, and refuses those that stand where no rule is
/// looked for.
final class RuleCollector {
  private final Diagnostics diagnostics = new Diagnostics();
  private final Map<StructType, StructRules> structs = new HashMap<>();
  private final Map<Method, StructRules> arguments = new HashMap<>();

  ValidationRules collect(Collection<Program> programs) {
    Set<Program> all = new LinkedHashSet<>();
    programs.forEach(program -> add(program, all));
    for (var program : all) {
      program.definitions().forEach(this::refuseMisplaced);
      program.definitions(StructType.class).forEach(this::struct);
      program.definitions(Service.class).forEach(this::service);
    }
    return new ValidationRules(structs, arguments, inOrder(all));
  }

  private List<Diagnostic> inOrder(Set<Program> programs) {
    var files = programs.stream().map(Program::file).toList();
    return diagnostics.reported().stream()
        .sorted(
            Comparator.<Diagnostic>comparingInt(it -> files.indexOf(it.span().file()))
                .thenComparingInt(it -> it.span().start()))
        .toList();
  }

  private static void add(Program program, Set<Program> all) {
    if (all.add(program)) {
      program.includes().forEach(include -> add(include, all));
    }
  }

  private void struct(StructType struct) {
    boolean isUnion = struct.kind() == StructKind.UNION;
    var references = new References(struct.fields(), struct.kind() + " " + struct, isUnion);
    var written = WrittenRule.of(struct.syntax().annotations());
    structs.put(struct, rules(references, written, struct.program()));
  }

  private void service(Service service) {
    for (var method : service.methods()) {
      var references = new References(method.arguments(), "method " + method.name(), false);
      arguments.put(method, rules(references, List.of(), service.program()));
    }
  }

  private StructRules rules(References references, List<WrittenRule> written, Program program) {
    boolean hasRules =
        !written.isEmpty()
            || references.fields().stream()
                .anyMatch(it -> it.syntax().annotations().stream().anyMatch(WrittenRule::isRule));
    if (!hasRules) {
      return StructRules.NONE;
    }
    var parser = new RuleParser(new OperandParser(references, program), diagnostics);
    Map<Field, ValueRules> fields = new HashMap<>();
    for (var field : references.fields()) {
      var rules = WrittenRule.of(field.syntax().annotations());
      if (!rules.isEmpty()) {
        fields.put(field, parser.parse(field.type().trueType(), rules));
      }
    }
    return new StructRules(fields, parser.parseAssertions(written));
  }

  private void refuseMisplaced(Definition definition) {
    switch (definition.syntax()) {
      case StructDef struct -> struct.fields().forEach(it -> refuse(it.type()));
      case ServiceDef service -> {
        refuse(service.annotations(), "a service");
        service.methods().forEach(this::refuse);
      }
      case TypedefDef typedef -> {
        refuse(typedef.annotations(), "a typedef");
        refuse(typedef.type());
      }
      case ConstDef constant -> {
        refuse(constant.annotations(), "a constant");
        refuse(constant.type());
      }
      case EnumDef type -> {
        refuse(type.annotations(), "an enum");
        type.items().forEach(it -> refuse(it.annotations(), "an enum item"));
      }
    }
  }

  private void refuse(MethodDef method) {
    refuse(method.annotations(), "a method");
    method.returnType().ifPresent(this::refuse);
    method.arguments().forEach(it -> refuse(it.type()));
    for (FieldDef thrown : method.exceptions()) {
      refuse(thrown.annotations(), "an entry of a throws list");
      refuse(thrown.type());
    }
  }

  private void refuse(TypeRef type) {
    refuse(type.annotations(), "a type");
    switch (type) {
      case TypeRef.Base _, TypeRef.Named _ -> {}
      case TypeRef.ListOf list -> refuse(list.element());
      case TypeRef.SetOf set -> refuse(set.element());
      case TypeRef.MapOf map -> {
        refuse(map.key());
        refuse(map.value());
      }
    }
  }

  private void refuse(List<Annotation> annotations, String place) {
    for (var annotation : annotations) {
      if (WrittenRule.isRule(annotation)) {
        var message = "rule '%s' has no effect on %s".formatted(annotation.key(), place);
        diagnostics.report(
            ThriftRule.VALIDATION_RULE,
            annotation.key().span(),
            message,
            "rules belong to fields and arguments, vt.assert to structs");
      }
    }
  }
}
