package io.windhover.rpc.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;

/// The file `reflection.proto` of gRPC, as a descriptor: made here, since no library of ours brings
/// it. Both versions have the same messages, and only their packages differ.
final class ReflectionFile {

  static final String SERVICE = "ServerReflection";
  static final String METHOD = "ServerReflectionInfo";
  static final String REQUEST = "ServerReflectionRequest";
  static final String RESPONSE = "ServerReflectionResponse";

  private ReflectionFile() {}

  /// @param version `v1` or `v1alpha`
  static FileDescriptor of(String version) {
    var packageName = "grpc.reflection." + version;
    var method =
        MethodDescriptorProto.newBuilder()
            .setName(METHOD)
            .setInputType(REQUEST)
            .setOutputType(RESPONSE)
            .setClientStreaming(true)
            .setServerStreaming(true);
    var file =
        FileDescriptorProto.newBuilder()
            .setName("grpc/reflection/" + version + "/reflection.proto")
            .setPackage(packageName)
            .setSyntax("proto3")
            .addService(ServiceDescriptorProto.newBuilder().setName(SERVICE).addMethod(method))
            .addMessageType(request())
            .addMessageType(
                message(
                    "ExtensionRequest",
                    field("containing_type", 1, FieldDescriptorProto.Type.TYPE_STRING),
                    field("extension_number", 2, FieldDescriptorProto.Type.TYPE_INT32)))
            .addMessageType(response())
            .addMessageType(
                message(
                    "FileDescriptorResponse",
                    repeated(
                        field("file_descriptor_proto", 1, FieldDescriptorProto.Type.TYPE_BYTES))))
            .addMessageType(
                message(
                    "ExtensionNumberResponse",
                    field("base_type_name", 1, FieldDescriptorProto.Type.TYPE_STRING),
                    repeated(field("extension_number", 2, FieldDescriptorProto.Type.TYPE_INT32))))
            .addMessageType(
                message("ListServiceResponse", repeated(field("service", 1, "ServiceResponse"))))
            .addMessageType(
                message("ServiceResponse", field("name", 1, FieldDescriptorProto.Type.TYPE_STRING)))
            .addMessageType(
                message(
                    "ErrorResponse",
                    field("error_code", 1, FieldDescriptorProto.Type.TYPE_INT32),
                    field("error_message", 2, FieldDescriptorProto.Type.TYPE_STRING)))
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[0]);
    } catch (DescriptorValidationException e) {
      throw new AssertionError("a file that is always the same", e);
    }
  }

  private static DescriptorProto request() {
    return message(
            REQUEST,
            field("host", 1, FieldDescriptorProto.Type.TYPE_STRING),
            chosen(field("file_by_filename", 3, FieldDescriptorProto.Type.TYPE_STRING)),
            chosen(field("file_containing_symbol", 4, FieldDescriptorProto.Type.TYPE_STRING)),
            chosen(field("file_containing_extension", 5, "ExtensionRequest")),
            chosen(
                field("all_extension_numbers_of_type", 6, FieldDescriptorProto.Type.TYPE_STRING)),
            chosen(field("list_services", 7, FieldDescriptorProto.Type.TYPE_STRING)))
        .toBuilder()
        .addOneofDecl(0, oneof("message_request"))
        .build();
  }

  private static DescriptorProto response() {
    return message(
            RESPONSE,
            field("valid_host", 1, FieldDescriptorProto.Type.TYPE_STRING),
            field("original_request", 2, REQUEST),
            chosen(field("file_descriptor_response", 4, "FileDescriptorResponse")),
            chosen(field("all_extension_numbers_response", 5, "ExtensionNumberResponse")),
            chosen(field("list_services_response", 6, "ListServiceResponse")),
            chosen(field("error_response", 7, "ErrorResponse")))
        .toBuilder()
        .addOneofDecl(0, oneof("message_response"))
        .build();
  }

  private static OneofDescriptorProto oneof(String name) {
    return OneofDescriptorProto.newBuilder().setName(name).build();
  }

  private static DescriptorProto message(String name, FieldDescriptorProto.Builder... fields) {
    var message = DescriptorProto.newBuilder().setName(name);
    for (var field : fields) {
      message.addField(field);
    }
    return message.build();
  }

  private static FieldDescriptorProto.Builder field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(Label.LABEL_OPTIONAL);
  }

  private static FieldDescriptorProto.Builder field(String name, int number, String message) {
    return field(name, number, FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(message);
  }

  private static FieldDescriptorProto.Builder repeated(FieldDescriptorProto.Builder field) {
    return field.setLabel(Label.LABEL_REPEATED);
  }

  /// Of the one oneof of its message.
  private static FieldDescriptorProto.Builder chosen(FieldDescriptorProto.Builder field) {
    return field.setOneofIndex(0);
  }
}
