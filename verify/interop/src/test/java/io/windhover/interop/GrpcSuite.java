package io.windhover.interop;

import com.google.protobuf.Any;
import com.google.protobuf.AnyProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.protobuf.WrappersProto;
import com.google.rpc.Status;
import com.google.rpc.StatusProto;
import io.grpc.testing.integration.EmptyProtos;
import io.grpc.testing.integration.EmptyProtos.Empty;
import io.grpc.testing.integration.Messages;
import io.grpc.testing.integration.Messages.Payload;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.SimpleResponse;
import io.grpc.testing.integration.Messages.StreamingInputCallRequest;
import io.grpc.testing.integration.Messages.StreamingInputCallResponse;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.grpc.testing.integration.Test;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.grpc.GrpcCode;
import io.windhover.rpc.protobuf.ProtobufCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// The service that gRPC's own interop suite calls, and how it travels.
final class GrpcSuite {
  static final String SERVICE = "grpc.testing.TestService";
  static final String UNKNOWN_SERVICE = "grpc.testing.UnimplementedService";

  /// What a server sends back before its messages, and behind them.
  static final String ECHO_INITIAL = "x-grpc-test-echo-initial";

  static final String ECHO_TRAILING = "x-grpc-test-echo-trailing-bin";

  /// Those that are run over TLS, too, which changes nothing for the others.
  static final Set<String> SECURED_CASES =
      Set.of(
          "empty_unary",
          "large_unary",
          "client_streaming",
          "server_streaming",
          "ping_pong",
          "custom_metadata",
          "cancel_after_first_response");

  static final Method<MessageCall<Empty, Empty>> EMPTY_CALL =
      new Method<>(
          "EmptyCall", false, call(Empty.getDefaultInstance(), Empty.getDefaultInstance()));

  /// No server has it.
  static final Method<MessageCall<Empty, Empty>> UNIMPLEMENTED_CALL =
      new Method<>(
          "UnimplementedCall", false, call(Empty.getDefaultInstance(), Empty.getDefaultInstance()));

  private static final MessageCall<SimpleRequest, SimpleResponse> SIMPLE =
      call(SimpleRequest.getDefaultInstance(), SimpleResponse.getDefaultInstance());

  static final Method<MessageCall<SimpleRequest, SimpleResponse>> UNARY_CALL =
      new Method<>("UnaryCall", false, SIMPLE);
  static final Method<MessageCall<SimpleRequest, SimpleResponse>> CACHEABLE_CALL =
      new Method<>("CacheableUnaryCall", false, SIMPLE);

  static final Method<MessageCall<StreamingInputCallRequest, StreamingInputCallResponse>> INPUT =
      new Method<>(
          "StreamingInputCall",
          Method.Kind.CLIENT_STREAM,
          call(
              StreamingInputCallRequest.getDefaultInstance(),
              StreamingInputCallResponse.getDefaultInstance()));

  private static final MessageCall<StreamingOutputCallRequest, StreamingOutputCallResponse> OUT =
      call(
          StreamingOutputCallRequest.getDefaultInstance(),
          StreamingOutputCallResponse.getDefaultInstance());

  static final Method<MessageCall<StreamingOutputCallRequest, StreamingOutputCallResponse>> OUTPUT =
      new Method<>("StreamingOutputCall", Method.Kind.SERVER_STREAM, OUT);
  static final Method<MessageCall<StreamingOutputCallRequest, StreamingOutputCallResponse>>
      FULL_DUPLEX = new Method<>("FullDuplexCall", Method.Kind.BIDI_STREAM, OUT);
  static final Method<MessageCall<StreamingOutputCallRequest, StreamingOutputCallResponse>>
      HALF_DUPLEX = new Method<>("HalfDuplexCall", Method.Kind.BIDI_STREAM, OUT);

  private GrpcSuite() {}

  private static <Q extends Message, R extends Message> MessageCall<Q, R> call(Q request, R reply) {
    return new MessageCall<>(ProtobufCodec.of(request), ProtobufCodec.of(reply));
  }

  /// Returns what goes with an error, as gRPC's libraries have it.
  static Status details(String message) {
    return Status.newBuilder()
        .setCode(GrpcCode.FAILED_PRECONDITION.number())
        .setMessage(message)
        .addDetails(Any.pack(StringValue.of(message)))
        .build();
  }

  /// Writes descriptors of the service and of all messages here, for programs without generated
  /// code.
  static void writeDescriptors(Path file) {
    var descriptors =
        FileDescriptorSet.newBuilder()
            .addFile(AnyProto.getDescriptor().toProto())
            .addFile(WrappersProto.getDescriptor().toProto())
            .addFile(StatusProto.getDescriptor().toProto())
            .addFile(EmptyProtos.getDescriptor().toProto())
            .addFile(Messages.getDescriptor().toProto())
            .addFile(Test.getDescriptor().toProto())
            .build();
    try {
      Files.write(file, descriptors.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns so many zeros.
  static Payload zeros(int bytes) {
    return Payload.newBuilder().setBody(ByteString.copyFrom(new byte[bytes])).build();
  }
}
