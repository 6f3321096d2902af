package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.codegen.GeneratorOptions.StructStyle;
import io.windhover.idl.Compilation;
import io.windhover.idl.CompilerOptions;
import io.windhover.idl.ThriftCompiler;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is generated is read again by the compiler of the JDK: it has the classes and members that
/// the IDL asks for, with their types, and no others.
final class ShapeTest {

  @ParameterizedTest
  @CsvSource({
    "everything/everything.thrift, CLASS, false",
    "everything/everything.thrift, RECORD, true",
    "everything/keywords.thrift, CLASS, true",
    "everything/keywords.thrift, RECORD, false",
    "size/shop.thrift, CLASS, true",
    "size/shop.thrift, RECORD, true",
    "golden/hello.thrift, CLASS, true",
    "golden/place.thrift, CLASS, false",
  })
  void hasWhatTheIdlAsksFor(String resource, StructStyle style, boolean async) {
    Path idl = Generated.resource(resource);

    check(
        ThriftCompiler.compile(List.of(idl), CompilerOptions.DEFAULTS),
        GeneratorOptions.DEFAULTS.withStyle(style).withAsync(async));
  }

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("windhover.shapes", 50));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void hasWhatARandomIdlAsksFor(long seed) {
    var texts = RandomIdl.of(seed);

    check(
        ThriftCompiler.compile(texts, List.of("main.thrift", "base.thrift")),
        GeneratorOptions.DEFAULTS);
  }

  private static void check(Compilation compilation, GeneratorOptions options) {
    var files = Generated.sources(compilation, options);

    var found = SourceShape.of(files);
    var wanted = ModelShape.of(compilation.programs(), options);
    assertThat(found).filteredOn(line -> !wanted.contains(line)).isEmpty();
    assertThat(wanted).filteredOn(line -> !found.contains(line)).isEmpty();
  }
}
