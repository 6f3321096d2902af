package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is too large for a class file is split or refused, and the largest that is not compiles.
final class ClassLimitsTest {
  @TempDir Path classes;

  @Test
  void enums() {
    IntFunction<String> idl =
        count ->
            "enum E { %s }".formatted(repeat(count, i -> "ITEM_%s = %s".formatted(i, i << 16)));

    Generated.loadText(classes, idl.apply(3_400));

    assertThat(errors(idl.apply(3_401)))
        .containsExactly(
            "error[E037]: 'E' has 3401 items, more than an enum of Java has room for (expected: at"
                + " most 3400)");
  }

  @Test
  void arguments() {
    IntFunction<String> idl =
        count ->
            "service S { oneway void m(%s) } (windhover.async)"
                .formatted(repeat(count, i -> "%s: i64 a%s (vt.gt = \"0\")".formatted(i + 1, i)));

    Generated.loadText(classes, idl.apply(127));

    assertThat(errors(idl.apply(128)))
        .containsExactly(
            "error[E037]: 'm' has too many arguments: they would take 257 slots (expected: at most"
                + " 255; i64 and double take two)");
  }

  @Test
  void methods() {
    IntFunction<String> idl =
        count ->
            "service S { %s }"
                .formatted(
                    repeat(
                        count,
                        i ->
                            "void m%1$s(1: i32 a%1$s, 2: i64 b%1$s, 3: list<i32> c%1$s, 4: string d%1$s, 5: bool e%1$s, 6: double f%1$s)"
                                .formatted(i)));

    Generated.loadText(classes, idl.apply(1_363));

    assertThat(errors(idl.apply(1_364)))
        .containsExactly("error[E037]: 'S' has 1364 methods, more than a class has room for");
  }

  @Test
  void constants() {
    var generated =
        Generated.loadText(
            classes,
            """
            struct Part1 { 1: string text }
            const list<string> TEXTS = [%s]
            const map<i64, Part1> all = {%s}
            """
                .formatted(
                    repeat(40_000, i -> "\"t%s\"".formatted(i)),
                    repeat(3_000, i -> "%s: {\"text\": \"p%s\"}".formatted(i, i))));

    var constants = generated.type("test.TestConstants");
    assertThat((List<?>) Struct.constant(constants, "TEXTS"))
        .isEqualTo(IntStream.range(0, 40_000).mapToObj(i -> "t" + i).toList());
    assertThat(Struct.callStatic(constants, "all").toString()).contains("2999=Part1[text=p2999]");
  }

  @Test
  void partsOfConstants() {
    IntFunction<String> idl =
        count ->
            """
            struct Table { 1: list<i64> numbers }
            const map<string, list<i64>> A = {"a": [%1$s]}
            const Table B = {"numbers": [%1$s]}
            """
                .formatted(repeat(count, i -> Long.toString(i + (1L << 40))));

    Generated.loadText(classes, idl.apply(1_998));

    assertThat(errors(idl.apply(2_000)))
        .containsExactly(
            "error[E037]: a struct or an element in 'A' holds 2001 values, more than a method has"
                + " room for (expected: at most 2000)",
            "error[E037]: a struct or an element in 'B' holds 2002 values, more than a method has"
                + " room for (expected: at most 2000)");
  }

  @Test
  void constantsThatAreNeitherNumbersNorTexts() {
    IntFunction<String> idl =
        count ->
            IntStream.range(0, count)
                .mapToObj("const binary B%1$s = \"b%1$s\"\n"::formatted)
                .collect(Collectors.joining());

    var generated = Generated.loadText(classes, idl.apply(7_500));

    assertThat(Struct.constant(generated.type("test.TestConstants"), "B7499").toString())
        .isEqualTo("Binary[5 bytes: 6237343939]");
    assertThat(errors(idl.apply(7_501)))
        .containsExactly("error[E037]: 7501 constants are more than a class has room for");
  }

  @Test
  void texts() {
    IntFunction<String> idl =
        count ->
            IntStream.range(0, count)
                .mapToObj("const string T%1$s = \"t%1$s\"\n"::formatted)
                .collect(Collectors.joining());

    Generated.loadText(classes, idl.apply(20_000));

    assertThat(errors(idl.apply(20_001)))
        .containsExactly("error[E037]: 20001 constants are more than a class has room for");
  }

  private static String repeat(int count, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(", "));
  }

  private static List<String> errors(String idl) {
    return JavaGenerator.generate(Generated.compileText(idl).programs()).diagnostics().stream()
        .map(it -> "error[%s]: %s".formatted(it.rule().code(), it.message()))
        .toList();
  }
}
