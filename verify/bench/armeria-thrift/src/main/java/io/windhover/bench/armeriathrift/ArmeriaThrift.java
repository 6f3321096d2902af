package io.windhover.bench.armeriathrift;

import com.linecorp.armeria.client.thrift.ThriftClients;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.thrift.THttpService;
import io.windhover.bench.armeriathrift.idl.Bench;
import io.windhover.bench.armeriathrift.idl.Request;
import io.windhover.bench.contestant.Body;
import io.windhover.bench.contestant.Orders;
import io.windhover.bench.harness.Contestant;
import io.windhover.bench.harness.Harness;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.apache.thrift.TException;

/// Armeria's Thrift, the binary protocol over HTTP/2, and the program: `ArmeriaThrift server|client
/// NAME PORT`. All calls share one connection.
public final class ArmeriaThrift implements Contestant {

  private static final String PATH = "/bench";
  private static final int MAX_MESSAGE_BYTES = 16 << 20;
  private static final int TIMEOUT_MILLIS = 10_000;

  ArmeriaThrift() {}

  public static void main(String[] args) {
    Harness.run(args, Map.of("armeria-thrift", ArmeriaThrift::new));
  }

  @Override
  public int serve(int port) {
    var server =
        Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .requestTimeoutMillis(TIMEOUT_MILLIS)
            .maxRequestLength(MAX_MESSAGE_BYTES)
            .service(PATH, THttpService.of(new BenchService()))
            .build();
    server.start().join();
    return server.activeLocalPort();
  }

  @Override
  public Client connect(int port) {
    var bench =
        ThriftClients.builder("tbinary+http://127.0.0.1:" + port)
            .path(PATH)
            .responseTimeoutMillis(TIMEOUT_MILLIS)
            .maxResponseLength(MAX_MESSAGE_BYTES)
            .build(Bench.Iface.class);
    return (work, bytes) -> caller(bench, work, Body.ofBytes(bytes));
  }

  private static Caller caller(Bench.Iface bench, Work work, Body body) throws TException {
    return switch (work) {
      case ECHO -> () -> body.check(bench.echo(new Request(body.text())).getBody());
      case SLEEP -> () -> body.check(bench.sleep(new Request(body.text())).getBody());
      case ORDER -> {
        var order = ApacheOrders.order();
        yield () -> {
          var reply = bench.order(order);
          Orders.check(reply.getId(), reply.getItemsSize());
        };
      }
      case BIDI, STREAM -> throw work.notHere();
    };
  }
}
