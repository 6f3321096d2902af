package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.codegen.GeneratorOptions.StructStyle;
import io.windhover.codegen.model.JavaNames;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every word of Java and every method of its objects, as the name of everything in an IDL.
final class KeywordsTest {

  private static final List<String> CONTEXTUAL =
      List.of("exports", "module", "open", "permits", "record", "sealed", "var", "when", "yield");

  /// Words of the IDL itself, which cannot be names of types and constants there.
  private static final Set<String> OF_THE_IDL = Set.of("byte", "double", "false", "true", "void");

  @ParameterizedTest
  @EnumSource
  void everyWordIsAName(StructStyle style, @TempDir Path classes) {
    var words = words();
    assertThat(words)
        .contains("class", "goto", "_", "hashCode", "wait", "record")
        .hasSizeGreaterThan(60);

    var generated =
        Generated.loadText(
            classes, idl(words), GeneratorOptions.DEFAULTS.withStyle(style).withAsync(true));

    for (var word : words) {
      if (!OF_THE_IDL.contains(word)) {
        assertThat(generated.type("test." + JavaNames.type(word))).isNotNull();
      }
    }
    var fields = generated.type("test.Fields");
    var draft = style == StructStyle.RECORD ? Struct.callStatic(fields, "builder") : null;
    var struct = draft == null ? Struct.create(fields) : new Struct(draft);
    struct.set("class_", 7).set("yield", 8);
    var done = draft == null ? struct : new Struct(struct.call("build"));
    assertThat(done.again()).isEqualTo(done);
    assertThat(done.again().get("class_")).isEqualTo(7);
    assertThat(new Struct(done.call("deepCopy"))).isEqualTo(done);
  }

  @ParameterizedTest
  @ValueSource(strings = {"const list<i32> %s = [1]", "const Made %s = {}"})
  void everyWordIsAConstant(String form, @TempDir Path classes) {
    var constants =
        words().stream()
            .filter(word -> !OF_THE_IDL.contains(word))
            .map(form::formatted)
            .collect(Collectors.joining("\n", "struct Made {}\n", ""));

    assertThat(Generated.loadText(classes, constants).type("test.TestConstants")).isNotNull();
  }

  @Test
  void theWordsAreThoseOfTheCompiler() {
    assertThat(JavaNames.KEYWORDS).allMatch(SourceVersion::isKeyword);
    assertThat(words().stream().filter(SourceVersion::isKeyword))
        .containsExactlyInAnyOrderElementsOf(JavaNames.KEYWORDS);
  }

  private static Set<String> words() {
    return Stream.of(JavaNames.KEYWORDS.stream(), CONTEXTUAL.stream(), methods())
        .flatMap(it -> it)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> methods() {
    return Stream.of(Object.class, Record.class, Throwable.class, Enum.class)
        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
        .map(Method::getName)
        .filter(name -> name.matches("[a-zA-Z]+"));
  }

  private static String idl(Set<String> words) {
    return """
    struct Fields { %s }
    struct Optional { %s }
    exception Failure { %s }
    union Arms { %s }
    enum Items { %s }
    service Methods { %s }
    service Arguments { %s }
    %s
    """
        .formatted(
            fields(words, "required i32 %s"),
            fields(words, "optional string %s"),
            fields(words, "list<string> %s"),
            fields(words, "i64 %s"),
            each(words, "%s"),
            each(words, "i32 %1$s(1: i32 %1$s) throws (1: Failure %1$s)"),
            words.stream()
                .map("i32 m_%1$s(1: string %1$s)"::formatted)
                .collect(Collectors.joining(", ")),
            words.stream()
                .filter(word -> !OF_THE_IDL.contains(word))
                .map("struct %1$s { 1: i32 %1$s }"::formatted)
                .collect(Collectors.joining("\n")));
  }

  private static String each(Set<String> words, String form) {
    return words.stream().map(form::formatted).collect(Collectors.joining(", "));
  }

  /// Numbers the fields.
  private static String fields(Set<String> words, String form) {
    var ids = IntStream.iterate(1, id -> id + 1).iterator();
    return words.stream()
        .map(word -> ids.next() + ": " + form.formatted(word))
        .collect(Collectors.joining(", "));
  }
}
