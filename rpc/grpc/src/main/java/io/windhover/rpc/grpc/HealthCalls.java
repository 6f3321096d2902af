package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.thrift.ObjectBudget;
import java.util.Map;

/// The methods of `grpc.health.v1.Health`, and their messages: the name of a service on the way
/// there, the number of a status on the way back.
final class HealthCalls {

  /// `HealthCheckRequest`: `string service = 1`.
  private static final MessageCodec<String> REQUEST =
      new MessageCodec<>() {
        @Override
        public String read(LinkBuffer in, ObjectBudget objects) {
          var service = "";
          while (in.size() > 0) {
            int tag = (int) ProtoFields.readVarint(in);
            if (tag == ProtoFields.tag(1, ProtoFields.SIZED)) {
              service = ProtoFields.readString(in);
            } else {
              ProtoFields.skip(tag, in);
            }
          }
          return service;
        }

        @Override
        public void write(String service, LinkBuffer out) {
          if (!service.isEmpty()) {
            ProtoFields.writeString(1, service, out);
          }
        }
      };

  /// `HealthCheckResponse`: `ServingStatus status = 1`.
  private static final MessageCodec<Integer> RESPONSE =
      new MessageCodec<>() {
        @Override
        public Integer read(LinkBuffer in, ObjectBudget objects) {
          int status = 0;
          while (in.size() > 0) {
            int tag = (int) ProtoFields.readVarint(in);
            if (tag == ProtoFields.tag(1, ProtoFields.VARINT)) {
              status = (int) ProtoFields.readVarint(in);
            } else {
              ProtoFields.skip(tag, in);
            }
          }
          return status;
        }

        @Override
        public void write(Integer status, LinkBuffer out) {
          ProtoFields.writeVarint(1, status, out);
        }
      };

  /// `HealthListRequest`: no field.
  private static final MessageCodec<String> LIST_REQUEST =
      new MessageCodec<>() {
        @Override
        public String read(LinkBuffer in, ObjectBudget objects) {
          in.skip(in.size());
          return "";
        }

        @Override
        public void write(String nothing, LinkBuffer out) {}
      };

  /// `HealthListResponse`: `map<string, HealthCheckResponse> statuses = 1`.
  private static final MessageCodec<Map<String, Integer>> LIST_RESPONSE =
      new MessageCodec<>() {
        @Override
        public Map<String, Integer> read(LinkBuffer in, ObjectBudget objects) {
          throw new UnsupportedOperationException("no client of ours asks for it");
        }

        @Override
        public void write(Map<String, Integer> statuses, LinkBuffer out) {
          statuses.forEach((service, status) -> writeStatus(service, status, out));
        }

        private void writeStatus(String service, int status, LinkBuffer out) {
          try (var entry = new LinkBuffer();
              var value = new LinkBuffer()) {
            RESPONSE.write(status, value);
            ProtoFields.writeString(1, service, entry);
            ProtoFields.writeMessage(2, value, entry);
            ProtoFields.writeMessage(1, entry, out);
          }
        }
      };

  private static final MessageCall<String, Integer> CALL = new MessageCall<>(REQUEST, RESPONSE);

  static final Method<MessageCall<String, Integer>> CHECK = new Method<>("Check", false, CALL);
  static final Method<MessageCall<String, Map<String, Integer>>> LIST =
      new Method<>("List", false, new MessageCall<>(LIST_REQUEST, LIST_RESPONSE));
  static final Method<MessageCall<String, Integer>> WATCH =
      new Method<>("Watch", Method.Kind.SERVER_STREAM, CALL);

  private HealthCalls() {}
}
