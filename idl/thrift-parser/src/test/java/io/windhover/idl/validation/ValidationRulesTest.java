package io.windhover.idl.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.Definition;
import io.windhover.idl.Method;
import io.windhover.idl.Program;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.ThriftCompiler;
import io.windhover.idl.validation.Constraint.Each;
import io.windhover.idl.validation.Constraint.Membership;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ValidationRulesTest {

  @Test
  void keepsTheOrderAndGathersSets() {
    var rules =
        fieldRules(
            """
            1: i32 a (vt.in = "1", vt.lt = "9", vt.in = "[2, 1]", vt.not_nil = "true", vt.gt = "0",
                      vt.lt = "8")
            """);

    assertThat(rules.notNil()).isTrue();
    assertThat(rules.constraints().stream().map(Constraint::key))
        .containsExactly(RuleKey.IN, RuleKey.LT, RuleKey.GT, RuleKey.LT);
    assertThat(rules.constraints().getFirst())
        .isInstanceOfSatisfying(
            Membership.class, it -> assertThat(it.operands()).hasToString("[1, 2]"));
  }

  @Test
  void nestsBehindTheRulesOfTheContainer() {
    var rules =
        fieldRules(
            """
            1: map<string, list<i32>> a (vt.value.elem.lt = "1", vt.key.prefix = "x",
              vt.value.min_size = "1", vt.max_size = "5")
            """);

    assertThat(rules.constraints().stream().map(Constraint::key))
        .containsExactly(RuleKey.MAX_SIZE, RuleKey.KEY, RuleKey.VALUE);
    assertThat(rules.constraints().getLast())
        .isInstanceOfSatisfying(
            Each.class,
            values ->
                assertThat(values.rules().constraints().stream().map(Constraint::key))
                    .containsExactly(RuleKey.MIN_SIZE, RuleKey.ELEM));
  }

  @Test
  void falseIsNoRule() {
    var rules = fieldRules("1: map<i32, i32> a (vt.no_sparse = \"false\")");

    assertThat(rules).isEqualTo(ValueRules.NONE);
  }

  @Test
  void looksIntoStructsThatHoldRules() {
    var program =
        program(
            """
            struct Ruled { 1: i32 a (vt.lt = "5") }
            struct Free { 1: i32 a }
            struct Field { 1: Ruled ruled }
            struct Skipped { 1: Ruled ruled (vt.skip = "true") }
            struct Unasked { 1: list<Ruled> list }
            struct Asked { 1: list<Ruled> list (vt.elem.skip = "false") }
            struct AskedInVain { 1: list<Free> list (vt.elem.skip = "false") }
            struct Asserted { 1: i32 a } (vt.assert = "@equal($a, 1)")
            struct Ring { 1: optional Ring next, 2: optional Far far }
            struct Far { 1: optional Ring ring, 2: Field field }
            struct FreeRing { 1: optional FreeRing next }
            union Either { 1: Ruled ruled, 2: Free free }
            service Service {
              void ruled(1: i32 a, 2: Ruled b), void free(1: i32 a), void own(1: i32 a (vt.lt = "1"))
            }
            """);
    var rules = ValidationRules.of(List.of(program));

    assertThat(
            program.definitions(StructType.class).stream()
                .filter(rules::isValidated)
                .map(Definition::name))
        .containsExactly("Ruled", "Field", "Asked", "Asserted", "Ring", "Far", "Either");
    assertThat(
            program.definitions(Service.class).getFirst().methods().stream()
                .filter(it -> isChecked(rules, it))
                .map(Method::name))
        .containsExactly("ruled", "own");
  }

  @Test
  void readsTheRulesOfIncludedFiles() {
    var compilation =
        ThriftCompiler.compile(
            Map.of(
                "main.thrift",
                "include 'base.thrift' struct S { 1: base.Ruled ruled }",
                "base.thrift",
                "struct Ruled { 1: i32 a (vt.lt = \"5\", vt.foo = \"x\") }"),
            List.of("main.thrift"));
    var rules = ValidationRules.of(compilation.roots());

    assertThat(rules.isValidated(struct(compilation.roots().getFirst()))).isTrue();
    assertThat(rules.diagnostics()).hasSize(1);
  }

  private static boolean isChecked(ValidationRules rules, Method method) {
    var arguments = rules.ofArguments(method);
    return method.arguments().stream()
        .anyMatch(it -> rules.isChecked(it.type().trueType(), arguments.of(it)));
  }

  private static ValueRules fieldRules(String field) {
    var program = program("struct S {\n" + field + "}");
    var rules = ValidationRules.of(List.of(program));
    assertThat(rules.diagnostics()).isEmpty();
    return rules.of(struct(program)).of(struct(program).fields().getFirst());
  }

  private static StructType struct(Program program) {
    return program.definitions(StructType.class).getFirst();
  }

  private static Program program(String text) {
    var compilation = ThriftCompiler.compile(Map.of("test.thrift", text), List.of("test.thrift"));
    assertThat(compilation.diagnostics()).isEmpty();
    return compilation.roots().getFirst();
  }
}
