package io.windhover.bench.contestant;

import com.google.protobuf.Message;
import io.windhover.bench.harness.Contestant;
import io.windhover.bench.proto.Order;
import io.windhover.bench.proto.Reply;
import io.windhover.bench.proto.Request;
import io.windhover.rpc.BidiStream;
import io.windhover.rpc.Method;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamOperation;
import io.windhover.rpc.Streams;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.grpc.GrpcClientTransport;
import io.windhover.rpc.grpc.GrpcTransport;
import io.windhover.rpc.protobuf.ProtobufCodec;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// Windhover's gRPC with the messages of protobuf-java, by default: all calls over one connection.
final class WindhoverGrpc implements Contestant {

  private static final String SERVICE = "bench.Bench";

  private static final MessageCall<Request, Reply> BODY =
      call(Request.getDefaultInstance(), Reply.getDefaultInstance());
  private static final Method<MessageCall<Request, Reply>> ECHO = new Method<>("Echo", false, BODY);
  private static final Method<MessageCall<Request, Reply>> SLEEP =
      new Method<>("Sleep", false, BODY);
  private static final Method<MessageCall<Request, Reply>> PING_PONG =
      new Method<>("PingPong", Method.Kind.BIDI_STREAM, BODY);
  private static final Method<MessageCall<Order, Order>> ORDER =
      new Method<>("Order", false, call(Order.getDefaultInstance(), Order.getDefaultInstance()));

  private static <Q extends Message, R extends Message> MessageCall<Q, R> call(
      Q request, R response) {
    return new MessageCall<>(ProtobufCodec.of(request), ProtobufCodec.of(response));
  }

  @Override
  public List<Work> works() {
    return List.of(Work.ECHO, Work.SLEEP, Work.ORDER, Work.BIDI);
  }

  @Override
  public int serve(int port) throws IOException {
    var calls =
        List.of(
            MessageCall.operation(ECHO, WindhoverGrpc::echo),
            MessageCall.operation(SLEEP, WindhoverGrpc::sleep),
            MessageCall.operation(ORDER, order -> order));
    var streams =
        List.of(
            StreamOperation.<Request, Reply>bidiStream(
                PING_PONG,
                (in, out) -> {
                  for (var request : in) {
                    out.send(echo(request));
                  }
                }));
    return Server.builder()
        .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .transport(GrpcTransport.create())
        .service(new Service(SERVICE, calls, streams))
        .start()
        .port();
  }

  private static Reply echo(Request request) {
    return Reply.newBuilder().setBody(request.getBody()).build();
  }

  private static Reply sleep(Request request) {
    Sleep.oneMillisecond();
    return echo(request);
  }

  @Override
  public Client connect(int port) {
    var client =
        io.windhover.rpc.client.Client.builder("127.0.0.1:" + port)
            .timeout(Duration.ofSeconds(10))
            .transport(GrpcClientTransport.create())
            .streamConnections(1)
            .build();
    return (work, bytes) -> caller(client, work, Body.ofBytes(bytes));
  }

  private static Caller caller(io.windhover.rpc.client.Client client, Work work, Body body) {
    return switch (work) {
      case ECHO ->
          () -> body.check(MessageCall.call(client, SERVICE, ECHO, request(body)).getBody());
      case SLEEP ->
          () -> body.check(MessageCall.call(client, SERVICE, SLEEP, request(body)).getBody());
      case ORDER -> {
        var order = Orders.protobuf();
        yield () -> {
          var reply = MessageCall.call(client, SERVICE, ORDER, order);
          Orders.check(reply.getId(), reply.getItemsCount());
        };
      }
      case BIDI -> new PingPong(Streams.bidiStream(client.open(SERVICE, PING_PONG)), body);
      case STREAM -> throw work.notHere();
    };
  }

  private static Request request(Body body) {
    return Request.newBuilder().setBody(body.text()).build();
  }

  private record PingPong(BidiStream<Request, Reply> stream, Body body) implements Caller {

    @Override
    public void call() {
      stream.send(request(body));
      body.check(stream.receive().orElseThrow().getBody());
    }

    @Override
    public void close() {
      try (stream) {
        stream.end();
        if (stream.receive().isPresent()) {
          throw new IllegalStateException("a message came that answers none");
        }
      }
    }
  }
}
