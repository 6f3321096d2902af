package io.windhover.bench.armeria;

import com.google.protobuf.Message;
import com.linecorp.armeria.client.grpc.GrpcClientStubFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.windhover.bench.contestant.Body;
import io.windhover.bench.contestant.Orders;
import io.windhover.bench.contestant.Sleep;
import io.windhover.bench.harness.Contestant;
import io.windhover.bench.harness.Harness;
import io.windhover.bench.proto.Order;
import io.windhover.bench.proto.Reply;
import io.windhover.bench.proto.Request;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/// Armeria's gRPC, and the program: `Armeria server|client NAME PORT`.
///
/// Handlers run on the event loop, Armeria's default; the one that sleeps hands off to Armeria's
/// executor for blocking tasks. All calls share one connection.
public final class Armeria implements Contestant {

  private static final int MAX_MESSAGE_BYTES = 16 << 20;
  private static final int TIMEOUT_MILLIS = 10_000;

  private static final MethodDescriptor<Request, Reply> ECHO =
      method("Echo", Request.getDefaultInstance(), Reply.getDefaultInstance());
  private static final MethodDescriptor<Request, Reply> SLEEP =
      method("Sleep", Request.getDefaultInstance(), Reply.getDefaultInstance());
  private static final MethodDescriptor<Order, Order> ORDER =
      method("Order", Order.getDefaultInstance(), Order.getDefaultInstance());
  private static final ServiceDescriptor BENCH =
      new ServiceDescriptor("bench.Bench", ECHO, SLEEP, ORDER);

  private static <Q extends Message, R extends Message> MethodDescriptor<Q, R> method(
      String name, Q request, R reply) {
    return MethodDescriptor.<Q, R>newBuilder()
        .setType(MethodType.UNARY)
        .setFullMethodName(MethodDescriptor.generateFullMethodName("bench.Bench", name))
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(reply))
        .build();
  }

  Armeria() {}

  public static void main(String[] args) {
    Harness.run(args, Map.of("armeria-grpc", Armeria::new));
  }

  @Override
  public int serve(int port) {
    var bench =
        ServerServiceDefinition.builder(BENCH)
            .addMethod(ECHO, ServerCalls.asyncUnaryCall(Armeria::echo))
            .addMethod(SLEEP, ServerCalls.asyncUnaryCall(Armeria::sleep))
            .addMethod(ORDER, ServerCalls.asyncUnaryCall(Armeria::reply))
            .build();
    var server =
        Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .requestTimeoutMillis(TIMEOUT_MILLIS)
            .maxRequestLength(MAX_MESSAGE_BYTES)
            .service(
                GrpcService.builder()
                    .addService(bench)
                    .maxRequestMessageLength(MAX_MESSAGE_BYTES)
                    .build())
            .build();
    server.start().join();
    return server.activeLocalPort();
  }

  private static void echo(Request request, StreamObserver<Reply> observer) {
    reply(Reply.newBuilder().setBody(request.getBody()).build(), observer);
  }

  private static void sleep(Request request, StreamObserver<Reply> observer) {
    ServiceRequestContext.current()
        .blockingTaskExecutor()
        .execute(
            () -> {
              Sleep.oneMillisecond();
              echo(request, observer);
            });
  }

  private static <R> void reply(R reply, StreamObserver<R> observer) {
    observer.onNext(reply);
    observer.onCompleted();
  }

  @Override
  public Client connect(int port) {
    var stub =
        GrpcClients.builder("gproto+http://127.0.0.1:" + port + "/")
            .responseTimeoutMillis(TIMEOUT_MILLIS)
            .maxResponseLength(MAX_MESSAGE_BYTES)
            .maxResponseMessageLength(MAX_MESSAGE_BYTES)
            .clientStubFactory(new StubFactory())
            .build(Stub.class);
    return (work, bytes) -> caller(stub, work, Body.ofBytes(bytes));
  }

  private static Caller caller(Stub stub, Work work, Body body) {
    return switch (work) {
      case ECHO -> () -> body.check(stub.call(ECHO, request(body)).getBody());
      case SLEEP -> () -> body.check(stub.call(SLEEP, request(body)).getBody());
      case ORDER -> {
        var order = Orders.protobuf();
        yield () -> {
          var reply = stub.call(ORDER, order);
          Orders.check(reply.getId(), reply.getItemsCount());
        };
      }
      case BIDI, STREAM -> throw work.notHere();
    };
  }

  private static Request request(Body body) {
    return Request.newBuilder().setBody(body.text()).build();
  }

  /// What a generated blocking stub does.
  private record Stub(Channel channel) {

    <Q, R> R call(MethodDescriptor<Q, R> method, Q request) {
      return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request);
    }
  }

  private static final class StubFactory implements GrpcClientStubFactory {

    @Override
    public ServiceDescriptor findServiceDescriptor(Class<?> clientType) {
      return BENCH;
    }

    @Override
    public Object newClientStub(Class<?> clientType, Channel channel) {
      return new Stub(channel);
    }
  }
}
