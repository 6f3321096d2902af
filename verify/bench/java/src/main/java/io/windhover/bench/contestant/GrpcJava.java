package io.windhover.bench.contestant;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.windhover.bench.harness.Contestant;
import io.windhover.bench.proto.Order;
import io.windhover.bench.proto.Reply;
import io.windhover.bench.proto.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// grpc-java on its own Netty, all calls over one channel. Stubs do what generated ones do.
record GrpcJava(UnaryOperator<NettyServerBuilder> settings) implements Contestant {

  private static final int MAX_MESSAGE_BYTES = 16 << 20;
  private static final int TIMEOUT_SECONDS = 10;

  private static final MethodDescriptor<Request, Reply> ECHO =
      method("Echo", Request.getDefaultInstance(), Reply.getDefaultInstance());
  private static final MethodDescriptor<Request, Reply> SLEEP =
      method("Sleep", Request.getDefaultInstance(), Reply.getDefaultInstance());
  private static final MethodDescriptor<Order, Order> ORDER =
      method("Order", Order.getDefaultInstance(), Order.getDefaultInstance());
  private static final MethodDescriptor<Request, Reply> PING_PONG =
      method(
          MethodType.BIDI_STREAMING,
          "PingPong",
          Request.getDefaultInstance(),
          Reply.getDefaultInstance());

  private static <Q extends Message, R extends Message> MethodDescriptor<Q, R> method(
      String name, Q request, R reply) {
    return method(MethodType.UNARY, name, request, reply);
  }

  private static <Q extends Message, R extends Message> MethodDescriptor<Q, R> method(
      MethodType type, String name, Q request, R reply) {
    return MethodDescriptor.<Q, R>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName("bench.Bench", name))
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(reply))
        .build();
  }

  /// Handlers run on the pool of cached threads that grpc-java has for all.
  static GrpcJava onDefaultExecutor() {
    return new GrpcJava(UnaryOperator.identity());
  }

  /// Handlers run on a virtual thread for each call.
  static GrpcJava onVirtualThreads() {
    return new GrpcJava(server -> server.executor(Executors.newVirtualThreadPerTaskExecutor()));
  }

  @Override
  public List<Work> works() {
    return List.of(Work.ECHO, Work.SLEEP, Work.ORDER, Work.BIDI);
  }

  @Override
  public int serve(int port) throws IOException {
    var server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .addService(
                ServerServiceDefinition.builder("bench.Bench")
                    .addMethod(ECHO, unary(GrpcJava::echo))
                    .addMethod(SLEEP, unary(GrpcJava::sleep))
                    .addMethod(ORDER, unary(order -> order))
                    .addMethod(PING_PONG, ServerCalls.asyncBidiStreamingCall(Echoes::new))
                    .build());
    return settings.apply(server).build().start().getPort();
  }

  private static <Q, R> ServerCallHandler<Q, R> unary(Function<Q, R> handler) {
    return ServerCalls.asyncUnaryCall(
        (request, observer) -> {
          observer.onNext(handler.apply(request));
          observer.onCompleted();
        });
  }

  private static Reply echo(Request request) {
    return Reply.newBuilder().setBody(request.getBody()).build();
  }

  private static Reply sleep(Request request) {
    Sleep.oneMillisecond();
    return echo(request);
  }

  /// Answers each message of a stream.
  private record Echoes(StreamObserver<Reply> out) implements StreamObserver<Request> {

    @Override
    public void onNext(Request request) {
      out.onNext(echo(request));
    }

    @Override
    public void onError(Throwable failure) {} // the client is gone

    @Override
    public void onCompleted() {
      out.onCompleted();
    }
  }

  @Override
  public Client connect(int port) {
    var channel =
        Grpc.newChannelBuilderForAddress("127.0.0.1", port, InsecureChannelCredentials.create())
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .build();
    return (work, bytes) -> caller(channel, work, Body.ofBytes(bytes));
  }

  private static Caller caller(Channel channel, Work work, Body body) {
    return switch (work) {
      case ECHO -> () -> body.check(call(channel, ECHO, request(body)).getBody());
      case SLEEP -> () -> body.check(call(channel, SLEEP, request(body)).getBody());
      case ORDER -> {
        var order = Orders.protobuf();
        yield () -> {
          var reply = call(channel, ORDER, order);
          Orders.check(reply.getId(), reply.getItemsCount());
        };
      }
      case BIDI ->
          new PingPong(
              ClientCalls.blockingBidiStreamingCall(channel, PING_PONG, CallOptions.DEFAULT), body);
      case STREAM -> throw work.notHere();
    };
  }

  private static Request request(Body body) {
    return Request.newBuilder().setBody(body.text()).build();
  }

  private static <Q, R> R call(Channel channel, MethodDescriptor<Q, R> method, Q request) {
    var options = CallOptions.DEFAULT.withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    return ClientCalls.blockingUnaryCall(channel, method, options, request);
  }

  private record PingPong(BlockingClientCall<Request, Reply> stream, Body body) implements Caller {

    @Override
    public void call() throws Exception {
      stream.write(request(body));
      body.check(requireNonNull(stream.read()).getBody());
    }

    @Override
    public void close() throws Exception {
      stream.halfClose();
      if (stream.read() != null) {
        throw new IllegalStateException("a message came that answers none");
      }
    }
  }
}
