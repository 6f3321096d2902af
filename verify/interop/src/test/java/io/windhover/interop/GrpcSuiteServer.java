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
import io.windhover.rpc.RpcException;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamOperation;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.grpc.GrpcCode;
import io.windhover.rpc.grpc.GrpcException;
import io.windhover.rpc.grpc.GrpcExchange;
import io.windhover.rpc.grpc.GrpcHealth;
import io.windhover.rpc.grpc.GrpcStatus;
import io.windhover.rpc.grpc.GrpcTransport;
import io.windhover.rpc.protobuf.ServerReflection;
import io.windhover.rpc.server.Server;
import io.windhover.rpc.server.ServerBuilder;
import io.windhover.thrift.Binary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/// Our server of gRPC's interop suite: does what gRPC's `interop-test-descriptions.md` asks of one,
/// compression that is probed included. And a little more, as the other servers here do:
///
/// | a call with | is answered with |
/// | --- | --- |
/// | `fill_username` | a username of the milliseconds that are left to it |
/// | `fill_oauth_scope` | the scope `cancelled` if a duplex stream was since the last such call |
/// | `response_status` of FAILED_PRECONDITION | that status, and its message once more in a detail |
final class GrpcSuiteServer {
  static final int MAX_MESSAGE_BYTES = 32 << 20;

  private final AtomicReference<String> ending = new AtomicReference<>("");

  private GrpcSuiteServer() {}

  static Server start() throws IOException {
    return start(UnaryOperator.identity());
  }

  static Server start(UnaryOperator<ServerBuilder> options) throws IOException {
    var health = new GrpcHealth();
    health.set(GrpcSuite.SERVICE, true);
    var described = io.grpc.testing.integration.Test.getDescriptor();
    var builder =
        Server.builder()
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .transport(GrpcTransport.create())
            .maxMessageBytes(MAX_MESSAGE_BYTES)
            .service(new GrpcSuiteServer().service())
            .service(health.service())
            .onReadiness(health);
    var suite = described.findServiceByName("TestService");
    ServerReflection.services(List.of(suite, ServerReflection.health())).forEach(builder::service);
    return options.apply(builder).start();
  }

  private Service service() {
    return new Service(
        GrpcSuite.SERVICE,
        List.of(
            MessageCall.operation(GrpcSuite.EMPTY_CALL, empty -> empty),
            MessageCall.operation(GrpcSuite.UNARY_CALL, this::unary),
            MessageCall.operation(GrpcSuite.CACHEABLE_CALL, GrpcSuiteServer::cacheable)),
        List.of(
            StreamOperation.clientStream(GrpcSuite.INPUT, GrpcSuiteServer::input),
            StreamOperation.serverStream(GrpcSuite.OUTPUT, GrpcSuiteServer::output),
            StreamOperation.bidiStream(GrpcSuite.FULL_DUPLEX, this::fullDuplex),
            StreamOperation.bidiStream(GrpcSuite.HALF_DUPLEX, GrpcSuiteServer::halfDuplex)));
  }

  private SimpleResponse unary(SimpleRequest request) {
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
    if (request.getFillUsername()) {
      long left = Invocation.current().orElseThrow().deadline().remainingNanos();
      response.setUsername("" + TimeUnit.NANOSECONDS.toMillis(left));
    }
    return response.setOauthScope(request.getFillOauthScope() ? ending.getAndSet("") : "").build();
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
    var code = GrpcCode.of(status.getCode());
    return code == GrpcCode.FAILED_PRECONDITION
        ? new GrpcException(
            new GrpcStatus(
                code,
                status.getMessage(),
                Binary.wrap(GrpcSuite.details(status.getMessage()).toByteArray())))
        : new GrpcException(code, status.getMessage());
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

  private void fullDuplex(
      StreamReceiver<StreamingOutputCallRequest> in,
      StreamSender<StreamingOutputCallResponse> out) {
    var exchange = exchange();
    echoMetadata(exchange);
    try {
      for (var request : in) {
        if (request.hasResponseStatus()) {
          throw status(request.getResponseStatus());
        }
        for (var one : request.getResponseParametersList()) {
          send(one, exchange, out);
        }
      }
    } catch (RpcException e) {
      if (e.kind() == RpcException.Kind.CANCELLED) {
        ending.set("cancelled");
      }
      throw e;
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
