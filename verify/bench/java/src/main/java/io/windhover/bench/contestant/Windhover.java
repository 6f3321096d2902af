package io.windhover.bench.contestant;

import io.windhover.bench.harness.Contestant;
import io.windhover.bench.thrift.Bench;
import io.windhover.bench.thrift.Order;
import io.windhover.bench.thrift.Reply;
import io.windhover.bench.thrift.Request;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.server.Server;
import io.windhover.rpc.server.ServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;

/// Windhover, by what its server and its client are told beyond what all are.
record Windhover(Consumer<ServerBuilder> server, Consumer<ClientBuilder> client)
    implements Contestant {

  /// Each call under way has a connection for itself.
  static Windhover pooled(Protocol protocol) {
    return new Windhover(_ -> {}, client -> client.protocol(protocol));
  }

  /// One connection for all, as with Kitex.
  static Windhover onOneConnection() {
    return new Windhover(_ -> {}, client -> client.protocol(Protocol.TTHEADER).multiplexed(1));
  }

  /// Returns the same with metrics and a middleware on both sides.
  Windhover observed() {
    return new Windhover(
        server.andThen(
            builder -> builder.listener(new CallMeter()).middleware(new DeadlineCheck())),
        client.andThen(
            builder -> builder.listener(new CallMeter()).middleware(new DeadlineCheck())));
  }

  /// Returns the same with handlers that run on the threads of the sockets.
  Windhover onPollers() {
    return new Windhover(server.andThen(builder -> builder.runOnPollers(true)), client);
  }

  @Override
  public int serve(int port) throws IOException {
    var builder =
        Server.builder()
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .service(Bench.serve(new Handler()));
    server.accept(builder);
    return builder.start().port();
  }

  private static final class Handler implements Bench {

    @Override
    public Reply echo(Request request) {
      return new Reply().body(request.body());
    }

    @Override
    public Reply sleep(Request request) {
      Sleep.oneMillisecond();
      return new Reply().body(request.body());
    }

    @Override
    public Order order(Order order) {
      return order;
    }
  }

  @Override
  public Client connect(int port) {
    var builder =
        io.windhover.rpc.client.Client.builder("127.0.0.1:" + port)
            .timeout(Duration.ofSeconds(10))
            .idleTimeout(Duration.ofHours(1)); // as with Kitex: no turn begins with dialling
    client.accept(builder);
    var bench = Bench.on(builder.build());
    return (work, bytes) -> caller(bench, work, Body.ofBytes(bytes));
  }

  private static Caller caller(Bench bench, Work work, Body body) {
    return switch (work) {
      case ECHO -> () -> body.check(bench.echo(new Request().body(body.text())).body());
      case SLEEP -> () -> body.check(bench.sleep(new Request().body(body.text())).body());
      case ORDER -> {
        var order = Orders.windhover();
        yield () -> {
          var reply = bench.order(order);
          Orders.check(reply.id(), reply.items().size());
        };
      }
      case BIDI, STREAM -> throw work.notHere();
    };
  }
}
