package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.codegen.GeneratorOptions.Descriptors;
import io.windhover.codegen.emit.DescriptorEncoder;
import io.windhover.idl.CompilerOptions;
import io.windhover.idl.Program;
import io.windhover.idl.ThriftCompiler;
import io.windhover.thrift.descriptor.EnumDescriptor;
import io.windhover.thrift.descriptor.FileDescriptor;
import io.windhover.thrift.descriptor.Reference;
import io.windhover.thrift.descriptor.ServiceDescriptor;
import io.windhover.thrift.descriptor.StructDescriptor;
import io.windhover.thrift.descriptor.TypeDescriptor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DescriptorTest {

  private static final GeneratorOptions PLAIN =
      GeneratorOptions.DEFAULTS.withDescriptors(Descriptors.PLAIN);
  private static final GeneratorOptions DOCS =
      GeneratorOptions.DEFAULTS.withDescriptors(Descriptors.DOCS);

  @TempDir Path classes;

  @ParameterizedTest
  @CsvSource({
    "everything/everything.thrift, true",
    "everything/everything.thrift, false",
    "everything/keywords.thrift, true",
    "golden/hello.thrift, true",
    "size/shop.thrift, true"
  })
  void decodesToWhatTheModelSays(String idl, boolean withDocs) {
    var compilation =
        ThriftCompiler.compile(List.of(Generated.resource(idl)), CompilerOptions.DEFAULTS);
    assertThat(compilation.hasErrors()).isFalse();

    var decoded = decode(compilation.programs(), withDocs);

    decoded.forEach(
        (program, file) ->
            assertThat(DescriptorDump.of(file)).isEqualTo(DescriptorDump.of(program, withDocs)));
  }

  @Test
  void keepsValuesOfEveryKind() {
    var idl =
        """
        /** first */ enum Color { RED = -5, GREEN, BLUE = 2147483647 } (a, a = "2")
        struct Point { -3: i32 x = 7, 32767: optional double y = -0.5, 9: Color color = 12 }
        const Point HERE = {"x": -1, "y": 1e300}
        const i64 LEAST = -9223372036854775808
        const list<i64> BOTH = [LEAST, 9223372036854775807]
        const list<list<i64>> MORE = [BOTH, [1]]
        const map<string, Color> COLORS = {"r\\"\\\\n": Color.RED, "ü€😀`¦⟦": 5}
        const uuid ID = "01234567-89ab-cdef-0123-456789abcdef"
        const bool YES = true
        const set<string> WORDS = ["b", "a"]
        """;
    var program = Generated.compileText(idl).programs().getFirst();

    var file = decode(List.of(program), true).get(program);

    assertThat(DescriptorDump.of(Objects.requireNonNull(file)))
        .isEqualTo(DescriptorDump.of(program, true))
        .contains("-9223372036854775808", "ü€😀`¦⟦", "01234567-89ab", "-3: DEFAULT i32 x = 7");
  }

  @Test
  void knowsNothingOfFilesThatOthersInclude() {
    var texts =
        Map.of(
            "a.thrift", "include \"b.thrift\" const list<i32> LAST = b.MORE",
            "b.thrift", "include \"c.thrift\" const list<i32> MORE = [c.FIRST, 2]",
            "c.thrift", "const i32 FIRST = 1");
    var programs = ThriftCompiler.compile(texts, List.of("a.thrift")).programs();

    var decoded = decode(programs, false);

    decoded.forEach(
        (program, file) ->
            assertThat(DescriptorDump.of(file)).isEqualTo(DescriptorDump.of(program, false)));
    assertThat(DescriptorDump.of(Objects.requireNonNull(decoded.get(programs.getLast()))))
        .contains("LAST =  b.thrift:MORE=[1, 2]");
  }

  private static Map<Program, FileDescriptor> decode(List<Program> programs, boolean withDocs) {
    var decoded = new HashMap<Program, FileDescriptor>();
    for (var program : programs) { // each behind those that it includes
      var includes = program.includes().stream().map(decoded::get).toList();
      var encoded = DescriptorEncoder.encode(program, withDocs);
      decoded.put(program, FileDescriptor.decode(includes, encoded));
    }
    return decoded;
  }

  @Test
  void generatedTypesLeadToTheirs() throws ReflectiveOperationException {
    var generated =
        Generated.loadText(
            classes,
            """
            namespace java t
            struct Node { 1: list<Node> next, 2: Alias alias, 3: i32 descriptor }
            typedef Kind Alias
            enum Kind { A }
            union Either { 1: Node node }
            exception Bad { 1: string message }
            service Base { void descriptor() }
            service Sub extends Base { Either find(1: Kind kind) throws (1: Bad bad) }
            """,
            PLAIN);

    var file = (FileDescriptor) generated.type("t.TestFile").getField("DESCRIPTOR").get(null);
    var node = (StructDescriptor) descriptor(generated, "t.Node", "descriptor_");
    assertThat(node).isSameAs(file.definition("Node", StructDescriptor.class));
    assertThat(((TypeDescriptor.ListOf) node.field("next").orElseThrow().type()).element())
        .isEqualTo(new TypeDescriptor.Named(new Reference(file, "Node")))
        .satisfies(it -> assertThat(((TypeDescriptor.Named) it).definition()).isSameAs(node));
    assertThat(node.field(2).orElseThrow().type().trueType())
        .isEqualTo(new TypeDescriptor.Named(new Reference(file, "Kind")));
    assertThat(descriptor(generated, "t.Kind", "descriptor")).isInstanceOf(EnumDescriptor.class);
    assertThat(((StructDescriptor) descriptor(generated, "t.Either", "descriptor")).kind())
        .isEqualTo(StructDescriptor.Kind.UNION);
    assertThat(((StructDescriptor) descriptor(generated, "t.Bad", "descriptor")).kind())
        .isEqualTo(StructDescriptor.Kind.EXCEPTION);
    assertThat(descriptor(generated, "t.Base", "descriptor_"))
        .isInstanceOf(ServiceDescriptor.class);
    var sub = (ServiceDescriptor) descriptor(generated, "t.Sub", "descriptor_");
    assertThat(sub.allMethods()).extracting(it -> it.name()).containsExactly("descriptor", "find");
    assertThat(sub.method("descriptor")).isPresent();
  }

  private static Object descriptor(Generated generated, String type, String method)
      throws ReflectiveOperationException {
    return generated.type(type).getMethod(method).invoke(null);
  }

  @Test
  void aRecordHasOneToo() throws ReflectiveOperationException {
    var generated =
        Generated.loadText(
            classes,
            "namespace java t (windhover.style = \"record\", windhover.descriptors = \"docs\")\n"
                + "/** Where. */ struct Place { 1: i32 x }");

    var place = (StructDescriptor) descriptor(generated, "t.Place", "descriptor");
    assertThat(place.doc()).isEqualTo("Where.");
  }

  @Test
  void filesLeadToThoseTheyInclude() throws ReflectiveOperationException {
    var generated = Generated.load(classes, "everything/everything.thrift", DOCS);

    var all = file(generated, "com.example.everything.EverythingFile");

    assertThat(all.include("base")).containsSame(file(generated, "com.example.base.BaseFile"));
    assertThat(all.includes()).extracting(FileDescriptor::name).contains("base.thrift");
  }

  private static FileDescriptor file(Generated generated, String type)
      throws ReflectiveOperationException {
    return (FileDescriptor) generated.type(type).getField("DESCRIPTOR").get(null);
  }

  @Test
  void aLongConstantIsCut() throws ReflectiveOperationException {
    var idl = new StringBuilder("namespace java t\n");
    for (int i = 0; i < 700; i++) {
      idl.append("/** ")
          .append("€".repeat(50))
          .append(i) // a text is kept once
          .append(" */ const i32 C")
          .append(i)
          .append(" = 1\n");
    }

    var generated = Generated.loadText(classes, idl.toString(), DOCS);

    assertThat(file(generated, "t.TestFile").definitions()).hasSize(700);
  }

  @Test
  void thereIsNoneWhereNobodyAsksForOne() {
    var sources = Generated.byPath(Generated.sources(Generated.compileText("struct A {}")));

    assertThat(sources).doesNotContainKey("test/TestFile.java");
    assertThat(sources.get("test/A.java")).doesNotContain("escriptor");
  }

  @Test
  void theNameOfTheClassIsFree() {
    var sources =
        Generated.sources(Generated.compileText("namespace java t struct TestFile {}"), PLAIN);

    assertThat(sources)
        .extracting(GeneratedFile::path)
        .contains("t/TestFile.java", "t/TestFile_.java");
    Generated.load(classes, sources);
  }

  @Test
  void anIncludedFileMustHaveOneToo() {
    var texts =
        Map.of(
            "a.thrift",
            "include \"b.thrift\" namespace java a (windhover.descriptors = \"plain\")\n"
                + "struct A { 1: b.B b }",
            "b.thrift",
            "struct B {}");
    var compilation = ThriftCompiler.compile(texts, List.of("a.thrift"));

    var result = JavaGenerator.generate(compilation.programs());

    assertThat(result.diagnostics()).hasSize(1);
    assertThat(result.diagnostics().getFirst().toString())
        .contains("'a' has a descriptor, and 'b' has none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", ""})
  void anotherKindIsRefused(String kind) {
    var compilation =
        Generated.compileText("namespace java t (windhover.descriptors = \"" + kind + "\")");

    assertThat(JavaGenerator.generate(compilation.programs()).diagnostics().toString())
        .contains("(expected: none, plain or docs)");
  }

  /// What it costs; the bounds are what it is now and a little.
  @Test
  void isSmall() {
    var compilation =
        ThriftCompiler.compile(
            List.of(Generated.resource("size/shop.thrift")), CompilerOptions.DEFAULTS);
    var shop = compilation.programs().getLast();

    long idlLines = shop.file().text().lines().count();
    assertThat(DescriptorEncoder.encode(shop, false).length()).isLessThan((int) (9 * idlLines));
    long without = lines(GeneratorOptions.DEFAULTS, shop);
    assertThat(lines(PLAIN, shop) - without).isLessThan(idlLines);
  }

  private static long lines(GeneratorOptions options, Program program) {
    return JavaGenerator.generate(List.of(program), options).files().stream()
        .mapToLong(file -> file.content().lines().count())
        .sum();
  }
}
