package io.windhover.codegen.check;

import io.windhover.codegen.check.Checks.Checked;
import io.windhover.codegen.model.JavaField;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.model.MethodShape;
import io.windhover.codegen.model.ServiceShape;
import io.windhover.codegen.model.TypeNames;
import io.windhover.idl.Field;
import io.windhover.idl.Method;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.TrueType;
import io.windhover.idl.ast.StructKind;
import io.windhover.idl.validation.StructRules;
import io.windhover.idl.validation.StructRules.Assertion;
import io.windhover.idl.validation.ValidationRules;
import io.windhover.idl.validation.ValueRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Brings the rules of the IDL together with the fields of the classes.
public final class CheckLowering {
  private final ValidationRules rules;
  private final TypeNames names;

  public CheckLowering(ValidationRules rules, TypeNames names) {
    this.rules = rules;
    this.names = names;
  }

  /// What is checked about the messages of a method.
  public record OfMethod(Checks arguments, Checks result) {}

  public Checks struct(StructType struct, List<JavaField> javaFields) {
    return fields(struct.kind() == StructKind.UNION, struct.fields(), javaFields, rules.of(struct));
  }

  /// @return one for each method, in their order
  public List<OfMethod> service(Service service, ServiceShape shape) {
    var checks = new ArrayList<OfMethod>();
    for (int i = 0; i < service.methods().size(); i++) {
      var method = service.methods().get(i);
      var javaMethod = shape.methods().get(i);
      if (javaMethod.kind().isStream()) {
        checks.add(new OfMethod(Checks.NONE, Checks.NONE)); // has neither arguments nor a result
        continue;
      }
      var arguments = rules.ofArguments(method);
      checks.add(
          new OfMethod(
              fields(false, method.arguments(), javaMethod.arguments(), arguments),
              result(method, javaMethod)));
    }
    return checks;
  }

  /// @param name simple name of the class
  public CheckEmitter emitter(JavaSource out, String name, Checks checks) {
    return new CheckEmitter(out, name, checks, rules, names);
  }

  private Checks fields(
      boolean isUnion, List<Field> fields, List<JavaField> javaFields, StructRules structRules) {
    Map<Field, JavaField> references = new HashMap<>();
    var values = new ArrayList<Checked>();
    for (int i = 0; i < fields.size(); i++) {
      var field = fields.get(i);
      references.put(field, javaFields.get(i));
      add(javaFields.get(i), field.type().trueType(), structRules.of(field), values);
    }
    return checks(isUnion, values, structRules.assertions(), references);
  }

  private Checks result(Method method, MethodShape javaMethod) {
    var types = new ArrayList<TrueType>();
    method.returnType().ifPresent(type -> types.add(type.trueType()));
    method.exceptions().forEach(field -> types.add(field.type().trueType()));
    var javaFields = javaMethod.resultFields();
    var values = new ArrayList<Checked>();
    for (int i = 0; i < types.size(); i++) {
      add(javaFields.get(i), types.get(i), ValueRules.NONE, values);
    }
    return checks(false, values, List.of(), Map.of());
  }

  private void add(JavaField field, TrueType type, ValueRules own, List<Checked> values) {
    if (rules.isChecked(type, own)) {
      values.add(new Checked(field, type, own));
    }
  }

  private static Checks checks(
      boolean isUnion,
      List<Checked> values,
      List<Assertion> assertions,
      Map<Field, JavaField> references) {
    return values.isEmpty() && assertions.isEmpty()
        ? Checks.NONE
        : new Checks(isUnion, values, assertions, references);
  }
}
