package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.JavaFeaturesProto;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import com.google.protobuf.compiler.PluginProtos;
import io.windhover.proto.ProtoCompilation;
import io.windhover.proto.ProtoCompiler;
import io.windhover.proto.source.SourcePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Our compiler of `.proto` files beside Google's: the same descriptors of good files, byte for
/// byte, and the same opinion of bad ones.
final class ProtocTest {
  private static final Path PARSER = Path.of("..", "..", "idl", "proto-parser");
  private static final Path RESOURCES = PARSER.resolve(Path.of("src", "test", "resources"));
  private static final Path JARS = Path.of("target", "protos");
  private static final int MANY = 90;

  @TempDir Path folder;

  static Stream<ProtoCase> bad() throws IOException {
    return ProtoCase.in(RESOURCES.resolve("diagnostics"));
  }

  static Stream<ProtoCase> odd() throws IOException {
    return ProtoCase.in(RESOURCES.resolve("warnings"));
  }

  /// The descriptors that protoc has put into the classes of protobuf-java.
  static Stream<FileDescriptor> compiled() {
    return Stream.of(
        AnyProto.getDescriptor(),
        ApiProto.getDescriptor(),
        DescriptorProtos.getDescriptor(),
        DurationProto.getDescriptor(),
        EmptyProto.getDescriptor(),
        FieldMaskProto.getDescriptor(),
        JavaFeaturesProto.getDescriptor(),
        PluginProtos.getDescriptor(),
        SourceContextProto.getDescriptor(),
        StructProto.getDescriptor(),
        TimestampProto.getDescriptor(),
        TypeProto.getDescriptor(),
        WrappersProto.getDescriptor());
  }

  @ParameterizedTest
  @MethodSource("bad")
  void bothRefuse(ProtoCase sample) throws IOException {
    sample.write(folder);

    var theirs = Protoc.compile(path(), List.of(sample.root()));
    var ours = ProtoCompiler.compile(sample.texts(), List.of(sample.root()));

    assertThat(theirs.isAccepted()).isFalse();
    assertThat(ours.hasErrors()).as(theirs.log()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("odd")
  void bothAccept(ProtoCase sample) throws IOException {
    sample.write(folder);

    var theirs = Protoc.compile(path(), List.of(sample.root()));
    var ours = ProtoCompiler.compile(sample.texts(), List.of(sample.root()));

    assertThat(theirs.isAccepted()).as(theirs.log()).isTrue();
    assertSame(ours, theirs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop/edition.proto",
        "shop/later.proto",
        "shop/more.proto",
        "shop/new.proto",
        "shop/old.proto",
        "shop/options.proto"
      })
  void everythingThereIsInTheLanguageIsTheSame(String file) throws IOException {
    var grammar = RESOURCES.resolve("grammar");

    var theirs = Protoc.compile(List.of(grammar, folder(standard())), List.of(file));
    var ours = ProtoCompiler.compile(SourcePath.of(List.of(grammar, standard())), List.of(file));

    assertThat(theirs.isAccepted()).as(theirs.log()).isTrue();
    assertSame(ours, theirs);
    var forRuntime = Protoc.compileForRuntime(List.of(grammar, folder(standard())), List.of(file));
    assertSame(ours.runtimeDescriptorSet(), forRuntime.set().toByteArray());
  }

  /// The files in the jars of protobuf-java, gRPC, googleapis, OpenTelemetry and protovalidate.
  @Test
  void filesInJarsAreTheSame() throws IOException {
    try (var jars = Files.list(JARS)) {
      int files = 0;
      for (Path jar : jars.sorted().toList()) {
        files += compareJar(jar);
      }
      assertThat(files).isGreaterThan(MANY);
    }
  }

  @ParameterizedTest
  @MethodSource("compiled")
  void ourStandardFilesSayWhatTheirsDo(FileDescriptor theirs) throws IOException {
    var ours = ProtoCompiler.compile(Map.of(), List.of(theirs.getName()));

    assertThat(ours.diagnostics()).isEmpty();
    var set = FileDescriptorSet.parseFrom(ours.runtimeDescriptorSet());
    assertThat(withoutJsonNames(set.getFileList().getLast()))
        .isEqualTo(withoutJsonNames(theirs.toProto()));
  }

  /// @return how many files there are in it
  private int compareJar(Path jar) throws IOException {
    Path files = folder(jar);
    List<String> names = names(jar);
    if (!names.isEmpty()) {
      var theirs =
          Protoc.compile(
              List.of(files, folder(standard()), folder(JARS.resolve("common.jar"))), names);
      var ours =
          ProtoCompiler.compile(
              SourcePath.of(List.of(jar, standard(), JARS.resolve("common.jar"))), names);

      assertThat(theirs.isAccepted()).as(theirs.log()).isTrue();
      assertSame(ours, theirs);
    }
    return names.size();
  }

  private List<Path> path() throws IOException {
    return List.of(folder, folder(standard()));
  }

  /// Where protoc finds the files under `google/protobuf/`.
  private static Path standard() {
    return JARS.resolve("protobuf-java.jar");
  }

  /// The files of a jar where protoc, which reads none, can find them.
  private Path folder(Path jar) throws IOException {
    Path unpacked = folder.resolve(jar.getFileName() + ".files");
    try (var zip = new ZipFile(jar.toFile())) {
      for (String name : names(jar)) {
        Path file = unpacked.resolve(name);
        if (Files.notExists(file)) {
          Files.createDirectories(file.getParent());
          try (var in = zip.getInputStream(zip.getEntry(name))) {
            Files.copy(in, file);
          }
        }
      }
    }
    return Files.createDirectories(unpacked);
  }

  private static List<String> names(Path jar) throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      return zip.stream()
          .map(Object::toString)
          .filter(it -> it.endsWith(".proto"))
          .sorted()
          .toList();
    }
  }

  /// File by file, whatever their order. Bytes first; a message is shown if they differ.
  private static void assertSame(ProtoCompilation ours, Protoc.Result theirs)
      throws InvalidProtocolBufferException {
    assertThat(ours.diagnostics()).noneMatch(it -> it.isError());
    assertSame(ours.descriptorSet(), theirs.set().toByteArray());
  }

  private static void assertSame(byte[] ours, byte[] theirs) throws InvalidProtocolBufferException {
    var expected = byName(theirs);
    var found = byName(ours);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, file) -> {
          var own = Objects.requireNonNull(found.get(name));
          if (!file.toByteString().equals(own.toByteString())) {
            assertThat(own).as(name).isEqualTo(file);
            throw new AssertionError(name + ": the same, but for the order of unknown fields");
          }
        });
  }

  private static Map<String, FileDescriptorProto> byName(byte[] set)
      throws InvalidProtocolBufferException {
    var files = new TreeMap<String, FileDescriptorProto>();
    FileDescriptorSet.parseFrom(set).getFileList().forEach(it -> files.put(it.getName(), it));
    return files;
  }

  /// Classes do without the names that can be made of others.
  private static FileDescriptorProto withoutJsonNames(FileDescriptorProto file) {
    var builder = file.toBuilder();
    builder.getMessageTypeBuilderList().forEach(ProtocTest::clearJsonNames);
    builder.getExtensionBuilderList().forEach(it -> it.clearJsonName());
    return builder.build();
  }

  private static void clearJsonNames(DescriptorProtos.DescriptorProto.Builder message) {
    message.getFieldBuilderList().forEach(it -> it.clearJsonName());
    message.getNestedTypeBuilderList().forEach(ProtocTest::clearJsonNames);
  }
}
