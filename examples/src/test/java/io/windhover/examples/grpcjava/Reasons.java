package io.windhover.examples.grpcjava;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.grpc.GrpcCode;
import io.windhover.rpc.grpc.GrpcException;
import io.windhover.rpc.grpc.GrpcStatus;
import io.windhover.thrift.Binary;
import java.util.Optional;

/// What `docs/guides/coming-from-grpc-java.md` shows of the details of a status.
final class Reasons {

  private Reasons() {}

  static GrpcException refusal(String reason) {
    var status =
        Status.newBuilder()
            .setCode(GrpcCode.FAILED_PRECONDITION.number())
            .setMessage("the order cannot be filled")
            .addDetails(Any.pack(ErrorInfo.newBuilder().setReason(reason).build()))
            .build();
    var details = Binary.wrap(status.toByteArray());
    return new GrpcException(
        new GrpcStatus(GrpcCode.FAILED_PRECONDITION, status.getMessage(), details));
  }

  static Optional<String> reason(RpcException failure) throws InvalidProtocolBufferException {
    var details = GrpcStatus.of(failure).map(GrpcStatus::details).orElse(Binary.EMPTY);
    for (var detail : Status.parseFrom(details.toByteArray()).getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        return Optional.of(detail.unpack(ErrorInfo.class).getReason());
      }
    }
    return Optional.empty();
  }
}
