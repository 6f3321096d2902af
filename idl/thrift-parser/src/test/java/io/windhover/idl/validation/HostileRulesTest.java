package io.windhover.idl.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.ThriftCompiler;
import io.windhover.source.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever stands in a rule, parsing it ends with rules or with errors, and soon.
final class HostileRulesTest {
  private static final int FIELDS = 50;
  private static final String PIECES = "@$()[]{}',.;:+-*?|^\\ab1x0e_ ";
  private static final List<String> WORDS =
      List.of(
          "@len(", "@add(", "@sprintf('%d", "$field1", "E.A", "1e5", "0x", "(?P<", "[[:", "\\\\p{");
  private static final List<String> TYPES = List.of("i32", "double", "string", "E", "bool");
  private static final List<String> KEYS =
      List.of("const", "in", "not_in", "lt", "pattern", "min_size", "defined_only", "prefix");

  @Test
  void endsForAnyValues() {
    for (int seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var idl =
          IntStream.rangeClosed(1, FIELDS)
              .mapToObj(i -> field(i, random))
              .collect(Collectors.joining("\n", "enum E { A }\nstruct S {\n", "\n}"));

      assertThat(diagnostics(idl)).as("seed %s", seed).isNotEmpty();
    }
  }

  private static String field(int i, Random random) {
    var value = new StringBuilder();
    for (int length = random.nextInt(12); length >= 0; length--) {
      value.append(
          random.nextBoolean()
              ? pick(WORDS, random)
              : PIECES.charAt(random.nextInt(PIECES.length())));
    }
    return "%s: %s field%s (vt.%s = \"%s\")"
        .formatted(
            i, pick(TYPES, random), i, pick(KEYS, random), value.toString().replace("\\", "\\\\"));
  }

  private static String pick(List<String> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "@len(", "'\\\\'", "1", "a?", "$x", "-", "{1}"})
  void endsForLongValues(String piece) {
    var value = piece.repeat(20_000);

    assertThat(
            diagnostics(
                """
                struct S {
                  1: i32 a (vt.lt = "@%s"), 2: i32 b (vt.in = "[%s]"), 3: string c (vt.pattern = "%s")
                  4: string d (vt.const = "@sprintf('%s')"), 5: double e (vt.gt = "%s")
                }
                """
                    .formatted(value, value, value, value, value)))
        .isNotEmpty();
  }

  private static List<Diagnostic> diagnostics(String idl) {
    var compilation = ThriftCompiler.compile(Map.of("test.thrift", idl), List.of("test.thrift"));
    assertThat(compilation.hasErrors()).as("%s", compilation.diagnostics()).isFalse();
    return ValidationRules.of(compilation.programs()).diagnostics();
  }
}
