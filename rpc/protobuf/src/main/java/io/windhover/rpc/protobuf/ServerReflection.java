package io.windhover.rpc.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.windhover.rpc.Method;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamOperation;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.codec.MessageCall;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// gRPC's server reflection: tells programs such as grpcurl which services a server has, and what
/// their messages are.
///
/// ```java
/// var orders = OrdersProto.getDescriptor().findServiceByName("Orders");
/// ServerReflection.services(List.of(orders, ServerReflection.health())).forEach(builder::service);
/// ```
///
/// Whoever may call the server learns its IDL by that. Versions `v1` and `v1alpha` are served.
public final class ServerReflection {

  private static final List<String> VERSIONS = List.of("v1", "v1alpha");
  private static final int NOT_FOUND = 5; // of gRPC's codes
  private static final int INVALID_ARGUMENT = 3;

  private final FileDescriptor file; // of this service
  private final List<String> names;
  private final ReflectionIndex index;

  private ServerReflection(FileDescriptor file, List<String> names, ReflectionIndex index) {
    this.file = file;
    this.names = names;
    this.index = index;
  }

  /// Returns the descriptor of gRPC's health service, for servers that have it: see
  /// [#services(Collection)].
  public static ServiceDescriptor health() {
    return HealthFile.service();
  }

  /// Returns the services that tell of `described`, and of themselves, one for each version: for
  /// [io.windhover.rpc.server.ServerBuilder#service].
  public static List<Service> services(Collection<ServiceDescriptor> described) {
    var files = VERSIONS.stream().map(ReflectionFile::of).toList();
    var all =
        Stream.concat(
                described.stream(),
                files.stream().map(file -> file.findServiceByName(ReflectionFile.SERVICE)))
            .toList();
    var names = all.stream().map(ServiceDescriptor::getFullName).toList();
    var index = new ReflectionIndex(all);
    return files.stream().map(file -> new ServerReflection(file, names, index).service()).toList();
  }

  /// Returns the same for services whose messages are no classes of protobuf-java: those that
  /// Windhover generates.
  ///
  /// ```java
  /// var set = Main.class.getResourceAsStream("/shop.protoset");
  /// ServerReflection.services(set, List.of(Orders.FULL_NAME)).forEach(builder::service);
  /// ```
  ///
  /// @param descriptorSet a `google.protobuf.FileDescriptorSet` with all that its files import, as
  ///   the Maven goal `generate-proto` puts it into the jar (`descriptorSet`), or protoc writes it
  ///   (`--include_imports --descriptor_set_out`); read to its end and closed
  /// @param described full names of services; that of gRPC's health service need not be in the set
  /// @throws IOException if it cannot be read, or is no such message
  /// @throws IllegalArgumentException if a service or what its file imports is not in the set, or
  ///   there is no set: `getResourceAsStream` has null for a name that is not in the jar
  public static List<Service> services(
      @Nullable InputStream descriptorSet, Collection<String> described) throws IOException {
    if (descriptorSet == null) {
      throw new IllegalArgumentException(
          "descriptor set: null (expected: the resource that the Maven goal generate-proto makes,"
              + " by the name that its descriptorSet says, as in getResourceAsStream(\"/\" + name);"
              + " is it set in the pom, and has the goal run?)");
    }
    try (descriptorSet) {
      return services(DescriptorSet.read(descriptorSet).services(described));
    }
  }

  private Service service() {
    return new Service(
        file.findServiceByName(ReflectionFile.SERVICE).getFullName(),
        List.of(),
        List.of(StreamOperation.bidiStream(method(file), this::serve)));
  }

  /// Returns the method, for servers and clients.
  static Method<MessageCall<DynamicMessage, DynamicMessage>> method(FileDescriptor file) {
    return new Method<>(
        ReflectionFile.METHOD,
        Method.Kind.BIDI_STREAM,
        new MessageCall<>(
            codec(file, ReflectionFile.REQUEST), codec(file, ReflectionFile.RESPONSE)));
  }

  private static ProtobufCodec<DynamicMessage> codec(FileDescriptor file, String message) {
    var type = file.findMessageTypeByName(message);
    return ProtobufCodec.of(DynamicMessage.getDefaultInstance(type));
  }

  private void serve(StreamReceiver<DynamicMessage> in, StreamSender<DynamicMessage> out) {
    in.forEach(request -> out.send(answer(request)));
  }

  private DynamicMessage answer(DynamicMessage request) {
    var type = file.findMessageTypeByName(ReflectionFile.RESPONSE);
    var response = DynamicMessage.newBuilder(type);
    response.setField(
        type.findFieldByName("valid_host"),
        request.getField(request.getDescriptorForType().findFieldByName("host")));
    response.setField(type.findFieldByName("original_request"), request);
    var asked =
        request.getOneofFieldDescriptor(request.getDescriptorForType().getOneofs().getFirst());
    if (asked == null) {
      error(INVALID_ARGUMENT, "nothing is asked", response);
    } else {
      answer(asked.getName(), request.getField(asked), response);
    }
    return response.build();
  }

  private void answer(String asked, Object value, DynamicMessage.Builder response) {
    switch (asked) {
      case "file_by_filename" -> files(index.file((String) value), value, response);
      case "file_containing_symbol" -> files(index.withSymbol((String) value), value, response);
      case "file_containing_extension" -> extension((Message) value, response);
      case "all_extension_numbers_of_type" -> numbers((String) value, response);
      case "list_services" -> list(response);
      default -> throw new AssertionError("a field of the oneof: " + asked);
    }
  }

  private void files(Optional<FileDescriptor> found, Object what, DynamicMessage.Builder response) {
    if (found.isEmpty()) {
      error(NOT_FOUND, "not found: " + what, response);
      return;
    }
    set(
        response,
        "file_descriptor_response",
        "file_descriptor_proto",
        index.withImports(found.get()));
  }

  private void extension(Message asked, DynamicMessage.Builder response) {
    var type = asked.getDescriptorForType();
    var extendee = (String) asked.getField(type.findFieldByName("containing_type"));
    int number = (Integer) asked.getField(type.findFieldByName("extension_number"));
    files(index.withExtension(extendee, number), extendee + " [" + number + "]", response);
  }

  private void numbers(String extendee, DynamicMessage.Builder response) {
    var numbers = index.extensionNumbers(extendee);
    if (numbers.isEmpty()) {
      error(NOT_FOUND, "not found: " + extendee, response);
      return;
    }
    var field = field(response, "all_extension_numbers_response");
    var found = DynamicMessage.newBuilder(field.getMessageType());
    found.setField(field(found, "base_type_name"), extendee);
    found.setField(field(found, "extension_number"), numbers.get());
    response.setField(field, found.build());
  }

  private void list(DynamicMessage.Builder response) {
    var type = file.findMessageTypeByName("ServiceResponse");
    var services = new ArrayList<DynamicMessage>();
    for (var name : names) {
      services.add(
          DynamicMessage.newBuilder(type).setField(type.findFieldByName("name"), name).build());
    }
    set(response, "list_services_response", "service", services);
  }

  private static void error(int code, String text, DynamicMessage.Builder response) {
    var field = field(response, "error_response");
    var error = DynamicMessage.newBuilder(field.getMessageType());
    error.setField(field(error, "error_code"), code);
    error.setField(field(error, "error_message"), text);
    response.setField(field, error.build());
  }

  /// Sets a field to a message with one field of its own.
  private static void set(
      DynamicMessage.Builder response, String name, String inner, Object value) {
    var field = field(response, name);
    var message = DynamicMessage.newBuilder(field.getMessageType());
    message.setField(field(message, inner), value);
    response.setField(field, message.build());
  }

  private static FieldDescriptor field(DynamicMessage.Builder message, String name) {
    return message.getDescriptorForType().findFieldByName(name);
  }
}
