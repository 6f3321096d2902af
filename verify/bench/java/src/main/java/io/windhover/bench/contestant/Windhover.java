package io.windhover.bench.contestant;

import io.windhover.bench.harness.Contestant;
import io.windhover.bench.thrift.Bench;
import io.windhover.bench.thrift.Order;
import io.windhover.bench.thrift.Reply;
import io.windhover.bench.thrift.Request;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/// Windhover; the server is the same in every protocol.
///
/// @param multiplexed how many connections all callers share; 0 if each call has one for itself
record Windhover(Protocol protocol, int multiplexed) implements Contestant {

  static Windhover pooled(Protocol protocol) {
    return new Windhover(protocol, 0);
  }

  /// One connection for all, as with Kitex.
  static Windhover onOneConnection() {
    return new Windhover(Protocol.TTHEADER, 1);
  }

  @Override
  public int serve(int port) throws IOException {
    return Server.builder()
        .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .service(Bench.serve(new Handler()))
        .start()
        .port();
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
            .protocol(protocol)
            .timeout(Duration.ofSeconds(10))
            .idleTimeout(Duration.ofHours(1)); // as with Kitex: no turn begins with dialling
    if (multiplexed > 0) {
      builder.multiplexed(multiplexed);
    }
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
    };
  }
}
