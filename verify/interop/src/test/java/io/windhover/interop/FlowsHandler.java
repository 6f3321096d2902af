package io.windhover.interop;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.StringValue;
import com.google.rpc.Status;
import io.windhover.interop.echoes.Failure;
import io.windhover.interop.echoes.Nothing;
import io.windhover.interop.echoes.Order;
import io.windhover.interop.echoes.Seen;
import io.windhover.interop.echoes.Text;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamOperation;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.grpc.GrpcCode;
import io.windhover.rpc.grpc.GrpcException;
import io.windhover.rpc.grpc.GrpcExchange;
import io.windhover.rpc.grpc.GrpcStatus;
import io.windhover.thrift.Binary;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The service Flows of echoes.proto.
final class FlowsHandler {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// What calls that wait have to tell.
  private final BlockingQueue<String> tidings = new LinkedBlockingQueue<>();

  private FlowsHandler() {}

  static Service service() {
    var handler = new FlowsHandler();
    return new Service(
        FlowsCalls.NAME,
        List.of(
            MessageCall.operation(FlowsCalls.LOOK, _ -> look()),
            MessageCall.operation(FlowsCalls.REFUSE, FlowsHandler::refuse),
            MessageCall.operation(FlowsCalls.WAIT, handler::await),
            MessageCall.operation(FlowsCalls.TIDINGS, _ -> handler.next())),
        List.of(
            StreamOperation.clientStream(FlowsCalls.GATHER, FlowsHandler::gather),
            StreamOperation.serverStream(FlowsCalls.SCATTER, FlowsHandler::scatter),
            StreamOperation.bidiStream(FlowsCalls.CHAT, FlowsHandler::chat)));
  }

  private static Seen look() {
    var call = Invocation.current().orElseThrow();
    var exchange = GrpcExchange.current().orElseThrow();
    var metadata = call.metadata();
    var seen =
        Seen.newBuilder()
            .setTimeoutMillis(TimeUnit.NANOSECONDS.toMillis(call.deadline().remainingNanos()))
            .setCompressed(exchange.isRequestCompressed());
    metadata.transientValues().forEach((key, value) -> seen.putMetadata(key, bytes(key, value)));
    metadata.get("x-name").ifPresent(name -> exchange.header().put("x-head", name));
    metadata.get("x-bytes-bin").ifPresent(base64 -> call.replyMetadata().put("x-tail-bin", base64));
    return seen.build();
  }

  private static ByteString bytes(String key, String value) {
    return key.endsWith("-bin")
        ? ByteString.copyFrom(Base64.getDecoder().decode(value))
        : ByteString.copyFromUtf8(value);
  }

  private static Nothing refuse(Failure failure) {
    throw new GrpcException(
        new GrpcStatus(GrpcCode.of(failure.getCode()), failure.getText(), details(failure)));
  }

  private static Binary details(Failure failure) {
    if (failure.getKind().isEmpty()) {
      return Binary.EMPTY;
    }
    var status =
        Status.newBuilder()
            .setCode(failure.getCode())
            .setMessage(failure.getText())
            .addDetails(Any.pack(StringValue.of(failure.getKind())));
    return Binary.wrap(status.build().toByteArray());
  }

  private Nothing await(Nothing request) {
    tidings.add("begun");
    try {
      if (!new CountDownLatch(1).await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("was to be cancelled");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      tidings.add("interrupted");
    }
    return request;
  }

  private Text next() {
    try {
      var next = tidings.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new IllegalStateException("no call waits");
      }
      return text(next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return text("interrupted");
    }
  }

  private static Text gather(StreamReceiver<Text> in) {
    var all = new StringBuilder();
    in.forEach(one -> all.append(one.getText()));
    return text(all.toString());
  }

  private static void scatter(Order order, StreamSender<Text> out) {
    for (long i = 0; i < order.getId(); i++) {
      out.send(text(order.getBuyer()));
    }
  }

  private static void chat(StreamReceiver<Text> in, StreamSender<Text> out) {
    in.forEach(out::send);
  }

  private static Text text(String text) {
    return Text.newBuilder().setText(text).build();
  }
}
