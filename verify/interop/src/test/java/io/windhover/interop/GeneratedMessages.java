package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.windhover.buffer.LinkBuffer;
import io.windhover.codegen.GeneratedFile;
import io.windhover.codegen.proto.ProtoGenerator;
import io.windhover.codegen.proto.ProtoOptions;
import io.windhover.http2.Http2Options;
import io.windhover.netpoll.PollerGroup;
import io.windhover.proto.ProtoCompiler;
import io.windhover.protobuf.ProtoCodec;
import io.windhover.rpc.Caller;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.grpc.GrpcTransport;
import io.windhover.rpc.proto.GeneratedCodec;
import io.windhover.rpc.protobuf.ProtobufCodec;
import io.windhover.thrift.StructCodec;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// The classes that Windhover generates from a `.proto` file, compiled and loaded, and what
/// protobuf-java knows of the same file.
final class GeneratedMessages {

  private final ClassLoader classes;
  private final String javaPackage;
  private final FileDescriptor file;

  private GeneratedMessages(ClassLoader classes, String javaPackage, FileDescriptor file) {
    this.classes = classes;
    this.javaPackage = javaPackage;
    this.file = file;
  }

  /// @param name of a file of the test resources, in `messages/`, without its ending
  static GeneratedMessages load(Path folder, String name) throws IOException {
    return load(folder, name, List.of());
  }

  /// @param programs of users, of the same folder, to be compiled with the classes
  static GeneratedMessages load(Path folder, String name, List<String> programs)
      throws IOException {
    var proto = name + ".proto";
    var text = resource(proto);
    var compilation = ProtoCompiler.compile(Map.of(proto, text), List.of(proto));
    assertThat(compilation.diagnostics()).as(proto).isEmpty();
    var options = ProtoOptions.DEFAULTS.withAsync(true);
    var generated = ProtoGenerator.generate(compilation, compilation.roots(), options);
    assertThat(generated.diagnostics()).isEmpty();
    var javaPackage = "io.windhover.interop.messages." + name;
    var files = new ArrayList<>(generated.files());
    for (var program : programs) {
      files.add(program(javaPackage, program));
    }
    return new GeneratedMessages(
        compile(folder, files), javaPackage, descriptor(compilation.descriptorSet(), proto));
  }

  /// Returns a program of users from the test resources, which is to be compiled with messages.
  static GeneratedFile program(String javaPackage, String name) throws IOException {
    var path = javaPackage.replace('.', '/') + "/" + name + ".java";
    return new GeneratedFile(name, path, resource(name + ".txt"));
  }

  private static String resource(String name) throws IOException {
    try (var in = GeneratedMessages.class.getResourceAsStream("/messages/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static ClassLoader compile(Path folder, List<GeneratedFile> files) throws IOException {
    var javac = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    try (var manager = javac.getStandardFileManager(null, null, null)) {
      for (var file : files) {
        var path = folder.resolve(file.path());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.content());
      }
      var units =
          manager.getJavaFileObjectsFromPaths(
              files.stream().map(file -> folder.resolve(file.path())).toList());
      var options = List.of("-proc:none", "-d", folder.toString(), "-cp", classPath());
      boolean compiles = javac.getTask(messages, manager, null, options, null, units).call();
      assertThat(compiles).as(messages::toString).isTrue();
    }
    return new URLClassLoader(
        new URL[] {folder.toUri().toURL()}, GeneratedMessages.class.getClassLoader());
  }

  /// What the classes need, and the programs.
  static String classPath() {
    return Stream.of(
            ProtoCodec.class,
            LinkBuffer.class,
            Caller.class,
            Client.class,
            GeneratedCodec.class,
            ProtobufCodec.class,
            Message.class,
            GrpcTransport.class,
            Http2Options.class,
            PollerGroup.class,
            StructCodec.class)
        .map(it -> it.getProtectionDomain().getCodeSource().getLocation().getPath())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static FileDescriptor descriptor(byte[] set, String name) {
    try {
      var built = new HashMap<String, FileDescriptor>();
      for (FileDescriptorProto proto : FileDescriptorSet.parseFrom(set).getFileList()) {
        var imports =
            proto.getDependencyList().stream().map(built::get).toArray(FileDescriptor[]::new);
        built.put(proto.getName(), FileDescriptor.buildFrom(proto, imports));
      }
      return Objects.requireNonNull(built.get(name));
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  Class<?> type(String name) {
    try {
      return Class.forName(javaPackage + "." + name, true, classes);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  Descriptor descriptor(String message) {
    return file.findMessageTypeByName(message);
  }

  @SuppressWarnings("unchecked") // of whatever type the message is
  ProtoCodec<Object> codec(String message) {
    try {
      return (ProtoCodec<Object>) type(message).getField("CODEC").get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
