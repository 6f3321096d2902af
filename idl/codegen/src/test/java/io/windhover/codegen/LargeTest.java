package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.ThriftCompiler;
import io.windhover.rpc.Service;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Constants of thousands of elements, thousands of constants, services of many methods.
final class LargeTest {
  private static final int ELEMENTS = 2_000;
  private static final int METHODS = 60;

  @TempDir Path classes;

  @Test
  void largeConstantsCompile() throws IOException {
    var generated =
        Generated.loadText(
            classes,
            """
            struct Point { 1: i32 x, 2: string label }
            const list<i32> INTS = [%s]
            const set<i64> LONGS = [%s]
            const map<string, list<string>> TEXTS = {%s}
            const map<i32, Point> part0 = {%s}
            const list<i32> AGAIN = INTS
            """
                .formatted(
                    elements(Integer::toString),
                    elements(i -> Integer.toString(ELEMENTS - i)),
                    elements("\"key %1$s\": [\"a %1$s\", \"b\"]"::formatted),
                    elements("%1$s: {\"x\": %1$s, \"label\": \"l\"}"::formatted)));
    var constants = generated.type("test.TestConstants");

    var numbers = IntStream.range(0, ELEMENTS).boxed().toList();
    assertThat(Struct.constant(constants, "INTS")).isEqualTo(numbers);
    assertThat(Struct.constant(constants, "AGAIN")).isEqualTo(numbers);
    assertThat((Set<?>) Struct.constant(constants, "LONGS"))
        .hasSize(ELEMENTS)
        .first()
        .isEqualTo(2000L);
    var texts = (Map<?, ?>) Struct.constant(constants, "TEXTS");
    assertThat(texts).hasSize(ELEMENTS);
    assertThat(texts.get("key 1999")).isEqualTo(List.of("a 1999", "b"));
    var points = (Map<?, ?>) Struct.callStatic(constants, "part0");
    assertThat(points).hasSize(ELEMENTS);
    assertThat(points.get(7)).hasToString("Point[x=7, label=l]");
    assertThat(points.get(7))
        .isNotSameAs(((Map<?, ?>) Struct.callStatic(constants, "part0")).get(7));
    ClassFiles.assertThatAllMethodsAreCompiled(classes);
  }

  @Test
  void manyConstantsCompile() throws IOException {
    var idl =
        IntStream.range(0, ELEMENTS)
            .mapToObj(
                i ->
                    "const map<string, list<i32>> C%s = {\"a\": [%s, 2, 3, 4], \"b\": [5, 6, 7, 8]}"
                        .formatted(i, i))
            .collect(Collectors.joining("\n"));

    var constants = Generated.loadText(classes, idl).type("test.TestConstants");

    assertThat(Struct.constant(constants, "C0")).hasToString("{a=[0, 2, 3, 4], b=[5, 6, 7, 8]}");
    assertThat(Struct.constant(constants, "C1999"))
        .hasToString("{a=[1999, 2, 3, 4], b=[5, 6, 7, 8]}");
    ClassFiles.assertThatAllMethodsAreCompiled(classes);
  }

  /// The compiler infers the types of no entry, which takes it hours for so many.
  @Test
  @Timeout(60)
  void mapsOfManyEntriesCompileSoon() {
    var entries =
        IntStream.range(0, 200)
            .mapToObj("\"key %1$s\": {%1$s: [\"a\", \"b\"], -1: []}"::formatted)
            .collect(Collectors.joining(", "));

    var generated =
        Generated.loadText(
            classes,
            """
            const map<string, map<i64, list<string>>> TEXTS = {%1$s}
            struct Texts { 1: map<string, map<i64, list<string>>> all = {%1$s} }
            """
                .formatted(entries));

    var texts = (Map<?, ?>) Struct.constant(generated.type("test.TestConstants"), "TEXTS");
    assertThat(texts).hasSize(200);
    assertThat(texts.get("key 7")).hasToString("{7=[a, b], -1=[]}");
    assertThat(generated.struct("test.Texts").get("all")).isEqualTo(texts);
  }

  @Test
  void servicesOfManyMethodsCompile() throws IOException {
    var idl =
        IntStream.range(0, METHODS)
            .mapToObj(
                i ->
                    "map<string, list<i64>> method_%s(1: i32 a, 2: list<string> b) throws (1: No no),"
                        .formatted(i))
            .collect(
                Collectors.joining(
                    "\n", "exception No {}\nservice Wide {\n", "\n} (windhover.async)"));

    var type = Generated.loadText(classes, idl).type("test.Wide");

    var handler =
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> Map.of());
    var service = (Service) Struct.callStatic(type, "serve", handler);
    assertThat(service.operations()).hasSize(METHODS);
    ClassFiles.assertThatAllMethodsAreCompiled(classes);
  }

  @Test
  void manyFilesGiveTheSameBytesInTheSameOrder() {
    var texts = new TreeMap<String, String>();
    for (int i = 0; i < 100; i++) {
      texts.put(
          "f%02d.thrift".formatted(i),
          "struct S%s { 1: list<i32> a, 2: S%s b } const i32 C = 1 service V%s { void m() }"
              .formatted(i, i, i));
    }
    var programs = ThriftCompiler.compile(texts, List.copyOf(texts.keySet())).programs();

    var files = JavaGenerator.generate(programs).files();

    var alone =
        programs.stream()
            .flatMap(it -> JavaGenerator.generate(List.of(it)).files().stream())
            .toList();
    assertThat(files).hasSize(400).isEqualTo(alone);
  }

  private static String elements(IntFunction<String> element) {
    return IntStream.range(0, ELEMENTS).mapToObj(element).collect(Collectors.joining(", "));
  }
}
