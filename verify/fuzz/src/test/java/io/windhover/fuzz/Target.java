package io.windhover.fuzz;

/// What Jazzer runs.
enum Target {
  IDL(IdlTarget::fuzzerTestOneInput, IdlTarget.class),
  GENERATE(GenerateTarget::fuzzerTestOneInput, GenerateTarget.class),
  PROTO(ProtoTarget::fuzzerTestOneInput, ProtoTarget.class),
  BINARY(BinaryTarget::fuzzerTestOneInput, BinaryTarget.class),
  COMPACT(CompactTarget::fuzzerTestOneInput, CompactTarget.class),
  FRAME(FrameTarget::fuzzerTestOneInput, FrameTarget.class),
  STREAM(StreamTarget::fuzzerTestOneInput, StreamTarget.class),
  HPACK(HpackTarget::fuzzerTestOneInput, HpackTarget.class),
  HPACK_OF_NETTY(NettyHpackTarget::fuzzerTestOneInput, NettyHpackTarget.class),
  HTTP2(Http2Target::fuzzerTestOneInput, Http2Target.class),
  HTTP2_CLIENT(Http2ClientTarget::fuzzerTestOneInput, Http2ClientTarget.class),
  GRPC(GrpcTarget::fuzzerTestOneInput, GrpcTarget.class),
  GRPC_CLIENT(GrpcClientTarget::fuzzerTestOneInput, GrpcClientTarget.class),
  PROTOBUF(ProtobufTarget::fuzzerTestOneInput, ProtobufTarget.class),
  KITEX_PROTOBUF(KitexProtobufTarget::fuzzerTestOneInput, KitexProtobufTarget.class),
  MESSAGE(MessageTarget::fuzzerTestOneInput, MessageTarget.class),
  CANARY(CanaryTarget::fuzzerTestOneInput, CanaryTarget.class);

  final Input method;
  final Class<?> type;

  Target(Input method, Class<?> type) {
    this.method = method;
    this.type = type;
  }

  /// Whether an input is a Thrift file.
  boolean isOfIdls() {
    return this == IDL || this == GENERATE;
  }

  /// Tries one input.
  interface Input {
    void run(byte[] input) throws Exception;
  }
}
