package io.windhover.rpc.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.TypeProto;
import io.windhover.rpc.Streams;
import io.windhover.rpc.server.InProcess;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is described here are the services of reflection themselves.
final class ServerReflectionTest {

  private final InProcess services = InProcess.of(ServerReflection.services(List.of()), List.of());

  private DynamicMessage ask(String version, String name, Object value) {
    return ask(services, version, name, value);
  }

  private static DynamicMessage ask(InProcess services, String version, String name, Object value) {
    var file = ReflectionFile.of(version);
    var type = file.findMessageTypeByName(ReflectionFile.REQUEST);
    var request =
        DynamicMessage.newBuilder(type)
            .setField(type.findFieldByName("host"), "it")
            .setField(type.findFieldByName(name), value)
            .build();
    var service = file.findServiceByName(ReflectionFile.SERVICE).getFullName();
    var opened = services.open(service, ServerReflection.method(file));
    try (var stream = Streams.<DynamicMessage, DynamicMessage>bidiStream(opened)) {
      stream.send(request);
      stream.end();
      var response = stream.receive().orElseThrow();
      assertThat(get(response, "valid_host")).isEqualTo("it");
      assertThat(get(response, "original_request")).isEqualTo(request);
      return response;
    }
  }

  private static Object get(Message message, String field) {
    return message.getField(message.getDescriptorForType().findFieldByName(field));
  }

  @Test
  void saysHowAJarGetsItsDescriptorSet() {
    var none = ServerReflectionTest.class.getResourceAsStream("/none.protoset");

    assertThatThrownBy(() -> ServerReflection.services(none, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("generate-proto")
        .hasMessageContaining("descriptorSet");
  }

  @Test
  void describesTheHealthServiceThoughItIsNotInTheSet() throws Exception {
    var none = InputStream.nullInputStream();

    var described = ServerReflection.services(none, List.of("grpc.health.v1.Health"));

    var asked = InProcess.of(described, List.of());
    assertThat(ask(asked, "v1", "list_services", "").toString())
        .contains("\"grpc.health.v1.Health\"");
    assertThat(ask(asked, "v1", "file_containing_symbol", "grpc.health.v1.Health.Check").toString())
        .contains("HealthCheckResponse");
  }

  @Test
  void describesServicesOfADescriptorSet() throws Exception {
    var file =
        FileDescriptorProto.newBuilder()
            .setName("shop/shop.proto")
            .setPackage("shop")
            .addDependency(ApiProto.getDescriptor().getName())
            .addService(ServiceDescriptorProto.newBuilder().setName("Orders"))
            .addService(ServiceDescriptorProto.newBuilder().setName("Hidden"));
    var set = FileDescriptorSet.newBuilder();
    for (var imported : List.of(AnyProto.getDescriptor(), SourceContextProto.getDescriptor())) {
      set.addFile(imported.toProto());
    }
    set.addFile(TypeProto.getDescriptor().toProto()).addFile(ApiProto.getDescriptor().toProto());
    var whole = set.clone().addFile(file).build().toByteString();

    var described = ServerReflection.services(whole.newInput(), List.of("shop.Orders"));

    var answer = ask(InProcess.of(described, List.of()), "v1", "list_services", "");
    assertThat(answer.toString()).contains("\"shop.Orders\"").doesNotContain("shop.Hidden");
    var found =
        ask(InProcess.of(described, List.of()), "v1", "file_by_filename", "shop/shop.proto");
    assertThat(found.toString()).contains("google/protobuf/any.proto");
  }

  @Test
  void refusesADescriptorSetThatLacksSomething() {
    var file = FileDescriptorProto.newBuilder().setName("a.proto").addDependency("b.proto").build();
    var lacking = FileDescriptorSet.newBuilder().addFile(file).build().toByteString();

    assertThatThrownBy(() -> ServerReflection.services(lacking.newInput(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a.proto imports b.proto, which is not there");
    assertThatThrownBy(
            () -> ServerReflection.services(ByteString.EMPTY.newInput(), List.of("shop.Orders")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no service shop.Orders");
    assertThatThrownBy(
            () -> ServerReflection.services(ByteString.copyFromUtf8("no").newInput(), List.of()))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1alpha"})
  void listsServices(String version) {
    var response = ask(version, "list_services", "");

    var services = (List<?>) get((Message) get(response, "list_services_response"), "service");
    assertThat(services)
        .extracting(service -> get((Message) service, "name"))
        .containsExactly(
            "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection");
  }

  @ParameterizedTest
  @CsvSource({
    "file_by_filename, grpc/reflection/v1/reflection.proto",
    "file_containing_symbol, grpc.reflection.v1.ServerReflection",
    "file_containing_symbol, grpc.reflection.v1.ServerReflection.ServerReflectionInfo",
    "file_containing_symbol, grpc.reflection.v1.ErrorResponse",
    "file_containing_symbol, grpc.reflection.v1.ErrorResponse.error_code"
  })
  void findsFiles(String field, String name) throws Exception {
    var response = ask("v1", field, name);

    var files =
        (List<?>) get((Message) get(response, "file_descriptor_response"), "file_descriptor_proto");
    assertThat(files).hasSize(1);
    var file = FileDescriptorProto.parseFrom((ByteString) files.getFirst());
    assertThat(file).isEqualTo(ReflectionFile.of("v1").toProto());
  }

  @ParameterizedTest
  @CsvSource({
    "file_by_filename, nowhere.proto",
    "file_containing_symbol, it.Nothing",
    "all_extension_numbers_of_type, it.Nothing"
  })
  void saysWhatItDoesNotFind(String field, String name) {
    var error = (Message) get(ask("v1", field, name), "error_response");

    assertThat(get(error, "error_code")).isEqualTo(5);
    assertThat(get(error, "error_message")).isEqualTo("not found: " + name);
  }

  @Test
  void sendsFilesWithTheirImports() throws Exception {
    var file = file("importing", ApiProto.getDescriptor());
    var index = new ReflectionIndex(file.getServices());

    var sent = index.withImports(ApiProto.getDescriptor());

    assertThat(sent)
        .map(one -> FileDescriptorProto.parseFrom(one).getName())
        .containsExactly(
            "google/protobuf/api.proto",
            "google/protobuf/source_context.proto",
            "google/protobuf/type.proto",
            "google/protobuf/any.proto");
    assertThat(index.withImports(ApiProto.getDescriptor()).getFirst()).isSameAs(sent.getFirst());
  }

  /// Two programs in one may each have a `service.proto`.
  @Test
  void findsTheSymbolsOfFilesWithOneName() throws Exception {
    var one = file("one");
    var other = file("other");

    var index =
        new ReflectionIndex(
            List.of(one.findServiceByName("Service"), other.findServiceByName("Service")));

    assertThat(index.withSymbol("one.Service")).contains(one);
    assertThat(index.withSymbol("other.Service")).contains(other);
  }

  private static FileDescriptor file(String packageName, FileDescriptor... imported)
      throws Exception {
    var file =
        FileDescriptorProto.newBuilder()
            .setName("service.proto")
            .setPackage(packageName)
            .addService(ServiceDescriptorProto.newBuilder().setName("Service"));
    for (var one : imported) {
      file.addDependency(one.getName());
    }
    return FileDescriptor.buildFrom(file.build(), imported);
  }
}
