package io.windhover.interop;

import io.grpc.testing.integration.Messages.BoolValue;
import io.grpc.testing.integration.Messages.EchoStatus;
import io.grpc.testing.integration.Messages.ResponseParameters;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.SimpleResponse;
import io.grpc.testing.integration.Messages.StreamingInputCallRequest;
import io.grpc.testing.integration.Messages.StreamingInputCallResponse;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamOperation;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.grpc.GrpcCode;
import io.windhover.rpc.grpc.GrpcException;
import io.windhover.rpc.grpc.GrpcExchange;
import io.windhover.rpc.grpc.GrpcTransport;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;

/// Our server of gRPC's interop suite: does what gRPC's `interop-test-descriptions.md` asks of one,
/// compression that is probed included.
final class GrpcSuiteServer {
  private GrpcSuiteServer() {}

  static Server start() throws IOException {
    return Server.builder()
        .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .transport(GrpcTransport.create())
        .service(service())
        .start();
  }

  private static Service service() {
    return new Service(
        GrpcSuite.SERVICE,
        List.of(
            MessageCall.operation(GrpcSuite.EMPTY_CALL, empty -> empty),
            MessageCall.operation(GrpcSuite.UNARY_CALL, GrpcSuiteServer::unary),
            MessageCall.operation(GrpcSuite.CACHEABLE_CALL, GrpcSuiteServer::cacheable)),
        List.of(
            StreamOperation.clientStream(GrpcSuite.INPUT, GrpcSuiteServer::input),
            StreamOperation.serverStream(GrpcSuite.OUTPUT, GrpcSuiteServer::output),
            StreamOperation.bidiStream(GrpcSuite.FULL_DUPLEX, GrpcSuiteServer::fullDuplex),
            StreamOperation.bidiStream(GrpcSuite.HALF_DUPLEX, GrpcSuiteServer::halfDuplex)));
  }

  private static SimpleResponse unary(SimpleRequest request) {
    var exchange = exchange();
    if (request.hasExpectCompressed()) {
      expect(request.getExpectCompressed(), exchange);
    }
    echoMetadata(exchange);
    if (request.hasResponseStatus()) {
      throw status(request.getResponseStatus());
    }
    exchange.compress(request.getResponseCompressed().getValue());
    var response = SimpleResponse.newBuilder();
    if (request.getResponseSize() > 0) {
      response.setPayload(GrpcSuite.zeros(request.getResponseSize()));
    }
    return response.setServerId(request.getFillServerId() ? "windhover" : "").build();
  }

  private static GrpcExchange exchange() {
    return GrpcExchange.current().orElseThrow();
  }

  private static void expect(BoolValue compressed, GrpcExchange exchange) {
    if (compressed.getValue() != exchange.isRequestCompressed()) {
      throw new GrpcException(
          GrpcCode.INVALID_ARGUMENT,
          "compressed: %s (expected: %s)"
              .formatted(exchange.isRequestCompressed(), compressed.getValue()));
    }
  }

  private static void echoMetadata(GrpcExchange exchange) {
    var call = Invocation.current().orElseThrow();
    call.metadata()
        .get(GrpcSuite.ECHO_INITIAL)
        .ifPresent(value -> exchange.header().put(GrpcSuite.ECHO_INITIAL, value));
    call.metadata()
        .get(GrpcSuite.ECHO_TRAILING)
        .ifPresent(value -> call.replyMetadata().put(GrpcSuite.ECHO_TRAILING, value));
  }

  private static GrpcException status(EchoStatus status) {
    return new GrpcException(GrpcCode.of(status.getCode()), status.getMessage());
  }

  /// The same for the same request, as if a cache had it.
  private static SimpleResponse cacheable(SimpleRequest request) {
    return SimpleResponse.newBuilder().setPayload(request.getPayload()).build();
  }

  private static StreamingInputCallResponse input(StreamReceiver<StreamingInputCallRequest> in) {
    var exchange = exchange();
    int bytes = 0;
    for (var request : in) {
      if (request.hasExpectCompressed()) {
        expect(request.getExpectCompressed(), exchange);
      }
      bytes += request.getPayload().getBody().size();
    }
    return StreamingInputCallResponse.newBuilder().setAggregatedPayloadSize(bytes).build();
  }

  private static void output(
      StreamingOutputCallRequest request, StreamSender<StreamingOutputCallResponse> out) {
    var exchange = exchange();
    for (var one : request.getResponseParametersList()) {
      send(one, exchange, out);
    }
  }

  private static void send(
      ResponseParameters one,
      GrpcExchange exchange,
      StreamSender<StreamingOutputCallResponse> out) {
    pause(one.getIntervalUs());
    exchange.compress(one.getCompressed().getValue());
    out.send(
        StreamingOutputCallResponse.newBuilder()
            .setPayload(GrpcSuite.zeros(one.getSize()))
            .build());
  }

  private static void pause(int micros) {
    long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
    for (long left = end - System.nanoTime();
        left > 0 && !Thread.currentThread().isInterrupted();
        left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void fullDuplex(
      StreamReceiver<StreamingOutputCallRequest> in,
      StreamSender<StreamingOutputCallResponse> out) {
    var exchange = exchange();
    echoMetadata(exchange);
    for (var request : in) {
      if (request.hasResponseStatus()) {
        throw status(request.getResponseStatus());
      }
      for (var one : request.getResponseParametersList()) {
        send(one, exchange, out);
      }
    }
  }

  private static void halfDuplex(
      StreamReceiver<StreamingOutputCallRequest> in,
      StreamSender<StreamingOutputCallResponse> out) {
    var exchange = exchange();
    var all =
        StreamSupport.stream(in.spliterator(), false)
            .flatMap(request -> request.getResponseParametersList().stream())
            .toList();
    for (var one : all) {
      send(one, exchange, out);
    }
  }
}
