package io.windhover.rpc.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormat.ParseException;

/// The file `health.proto` of gRPC, as a descriptor: made here, since no library of ours brings it.
final class HealthFile {

  static final String NAME = "grpc/health/v1/health.proto";

  private static final String SERVICE = "grpc.health.v1.Health";
  private static final String TEXT =
      """
      name: "grpc/health/v1/health.proto"
      package: "grpc.health.v1"
      syntax: "proto3"
      message_type {
        name: "HealthCheckRequest"
        field { name: "service" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING }
      }
      message_type {
        name: "HealthCheckResponse"
        enum_type {
          name: "ServingStatus"
          value { name: "UNKNOWN" number: 0 }
          value { name: "SERVING" number: 1 }
          value { name: "NOT_SERVING" number: 2 }
          value { name: "SERVICE_UNKNOWN" number: 3 }
        }
        field {
          name: "status" number: 1 label: LABEL_OPTIONAL
          type: TYPE_ENUM type_name: ".grpc.health.v1.HealthCheckResponse.ServingStatus"
        }
      }
      message_type { name: "HealthListRequest" }
      message_type {
        name: "HealthListResponse"
        nested_type {
          name: "StatusesEntry"
          field { name: "key" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING }
          field {
            name: "value" number: 2 label: LABEL_OPTIONAL
            type: TYPE_MESSAGE type_name: ".grpc.health.v1.HealthCheckResponse"
          }
          options { map_entry: true }
        }
        field {
          name: "statuses" number: 1 label: LABEL_REPEATED
          type: TYPE_MESSAGE type_name: ".grpc.health.v1.HealthListResponse.StatusesEntry"
        }
      }
      service {
        name: "Health"
        method {
          name: "Check"
          input_type: ".grpc.health.v1.HealthCheckRequest"
          output_type: ".grpc.health.v1.HealthCheckResponse"
        }
        method {
          name: "List"
          input_type: ".grpc.health.v1.HealthListRequest"
          output_type: ".grpc.health.v1.HealthListResponse"
        }
        method {
          name: "Watch"
          input_type: ".grpc.health.v1.HealthCheckRequest"
          output_type: ".grpc.health.v1.HealthCheckResponse"
          server_streaming: true
        }
      }
      """;

  private HealthFile() {}

  /// Whether a service is the one that is described here.
  static boolean isOf(String service) {
    return service.equals(SERVICE);
  }

  static ServiceDescriptor service() {
    try {
      var file = TextFormat.parse(TEXT, FileDescriptorProto.class);
      return FileDescriptor.buildFrom(file, new FileDescriptor[0]).getServices().getFirst();
    } catch (ParseException | DescriptorValidationException e) {
      throw new AssertionError("a file that is always the same", e);
    }
  }
}
