package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.codegen.GeneratorOptions.Descriptors;
import io.windhover.codegen.GeneratorOptions.StructStyle;
import io.windhover.source.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names that Java or the generated code already uses, and names that are the same in Java.
final class CollisionTest {

  @Test
  void aTypeMayHaveTheNameOfTheConstantOfCodecs(@TempDir Path classes) {
    var generated =
        Generated.loadText(classes, "struct CODEC { 1: CODEC2 a } enum CODEC2 { CODEC }");

    assertThat(generated.struct("test.CODEC_")).isNotNull();
  }

  @Test
  void namesOfJavaAndOfTheGeneratedCodeCompile(@TempDir Path classes) {
    var generated = Generated.load(classes, "everything/keywords.thrift");
    var struct = generated.struct("com.example.new_.keywords.Codec_");

    struct
        .set("class_", 1)
        .set("getClass_", 2)
        .set("wait_", "w")
        .set("times", 3)
        .set("hasTimes_", 4);

    assertThat(struct.again()).isEqualTo(struct);
    assertThat(new Struct(struct.call("deepCopy"))).isEqualTo(struct);
    assertThat(struct.call("hasTimes")).isEqualTo(true);
    assertThat(struct.get("hasTimes_")).isEqualTo(4);
    var constants = generated.type("com.example.new_.keywords.KeywordsConstants_");
    assertThat(Struct.callStatic(constants, "wait_")).hasToString("Text[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"everything/everything.thrift", "everything/keywords.thrift"})
  void allOptionsCompile(String idl, @TempDir Path classes) {
    Generated.load(classes, idl, new GeneratorOptions(StructStyle.RECORD, true, Descriptors.DOCS));

    assertThat(classes.resolve("com/example"))
        .isDirectoryRecursivelyContaining("glob:**Async.class");
  }

  @Test
  void namesThatAreSpelledAlikeCompile(@TempDir Path classes) {
    var generated =
        Generated.loadText(
            classes,
            """
            struct Flags { 1: optional i32 x, 2: optional i32 x_, 3: bool has_x }
            struct Lists { 1: list<i32> a_b_c = [1], 2: list<i32> a_bc = [2] }
            """);

    var flags = generated.struct("test.Flags").set("x_", 2).set("hasX__", true);
    assertThat(flags.again()).isEqualTo(flags);
    assertThat(flags.call("hasX")).isEqualTo(false);
    assertThat(flags.call("hasX_")).isEqualTo(true);
    assertThat(generated.struct("test.Lists")).hasToString("Lists[a_b_c=[1], a_bc=[2]]");
  }

  @Test
  void typesThatAreSpelledLikeTheirMembersCompile(@TempDir Path classes) {
    var generated =
        Generated.loadText(
            classes,
            """
            union Codec { 1: i32 codec, 2: Codec next }
            enum __ { A }
            struct S { 1: binary _, 2: list<__> numbers }
            """);

    assertThat(generated.type("test.Codec_$Codec__")).isFinal();
    assertThat(generated.type("test.T__$Known")).isFinal();
  }

  @Test
  void variablesDoNotHidePackages(@TempDir Path classes) {
    var generated =
        Generated.loadText(
            classes,
            """
            namespace java com.example.2x
            struct List { 1: list<string> java, 2: HelloArgs com, 3: i32 io, 4: i32 example }
            struct HelloArgs { 1: i32 com }
            enum UUID { ZERO }
            const list<i32> com = [1]
            const UUID java = UUID.ZERO
            service S {
              List hello(1: HelloArgs com, 2: list<UUID> java, 3: binary io)
            }
            """);

    var list = generated.struct("com.example._2x.List").set("java_", List.of("a"));
    assertThat(list.again()).isEqualTo(list);
  }

  @Test
  void noPackageIsOneThatOnlyTheJdkMayHave(@TempDir Path folder) throws IOException {
    var idl = folder.resolve("java.thrift");
    Files.writeString(idl, "struct Thing { 1: i32 size }");

    var generated = Generated.load(folder.resolve("classes"), idl);

    assertThat(generated.struct("java_.Thing").set("size", 1)).hasToString("Thing[size=1]");
  }

  @Test
  void namesOfPackagesAreFreeWhereAllTypesAreImported(@TempDir Path classes) {
    var generated = Generated.loadText(classes, "struct Test { 1: Test test, 2: i32 java }");

    assertThat(generated.struct("test.Test")).hasToString("Test[test=null, java=0]");
    assertThat(generated.struct("test.Test").get("java")).isEqualTo(0);
  }

  record Sample(String name, String idl, String at, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> collisions() {
    return Stream.of(
        new Sample(
            "fields",
            "struct S { 1: i32 a_b, 2: i32 aB }",
            "test.thrift:1:31",
            "'a_b' and 'aB' are both 'aB' in Java"),
        new Sample(
            "arms",
            "union U { 1: i32 a_b, 2: i32 aB }",
            "test.thrift:1:30",
            "are both 'AB' in Java"),
        new Sample(
            "methods",
            "service S { void get_it(), void getIt() }",
            "test.thrift:1:33",
            "are both 'getIt' in Java"),
        new Sample(
            "inherited methods",
            "service A { void get_it() } service B extends A { void getIt() }",
            "test.thrift:1:56",
            "are both 'getIt' in Java"),
        new Sample(
            "parameters",
            "service S { void m(1: i32 a_b, 2: i32 aB) }",
            "test.thrift:1:39",
            "are both 'aB' in Java"),
        new Sample(
            "classes that differ in case",
            "struct Order {} struct OrDer {}",
            "test.thrift:1:24",
            "the class 'test.OrDer' is already that of test.thrift:1:8"));
  }

  @ParameterizedTest
  @MethodSource("collisions")
  void rejects(Sample sample) {
    var compilation = Generated.compileText(sample.idl);

    var result = JavaGenerator.generate(compilation.programs());

    assertThat(result.files()).isEmpty();
    assertThat(result.diagnostics())
        .hasSize(1)
        .first()
        .extracting(Diagnostic::toString)
        .asString()
        .startsWith(sample.at)
        .contains(sample.message)
        .contains("help: rename");
  }
}
