package io.windhover.bench.dubbo;

import io.windhover.bench.contestant.Body;
import io.windhover.bench.contestant.Orders;
import io.windhover.bench.contestant.Sleep;
import io.windhover.bench.harness.Contestant;
import io.windhover.bench.harness.Harness;
import io.windhover.bench.proto.Order;
import io.windhover.bench.proto.Reply;
import io.windhover.bench.proto.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.logging.LogManager;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;

/// Dubbo's Triple protocol without a registry, and the program: `Dubbo server|client NAME PORT`.
/// Handlers run on Dubbo's default pool of 200 threads, all calls share one connection.
public final class Dubbo implements Contestant {

  private static final int TIMEOUT_MILLIS = 10_000;

  /// 127.0.0.1 as one number. Written the usual way Dubbo takes it for a mistake, listens on all
  /// addresses, and connects to the machine's first one.
  private static final String LOOPBACK = "2130706433";

  /// Calls that may wait for a thread. By default none may, and 1,000 callers would see errors.
  private static final int QUEUED_CALLS = 10_000;

  Dubbo() {}

  public static void main(String[] args) {
    Harness.run(args, Map.of("dubbo-triple", Dubbo::new));
  }

  @Override
  public int serve(int port) throws IOException {
    int chosen = port == 0 ? freePort() : port;
    var protocol = new ProtocolConfig("tri", chosen);
    protocol.setHost(LOOPBACK);
    protocol.setQueues(QUEUED_CALLS);
    var service = new ServiceConfig<Bench>();
    service.setInterface(Bench.class);
    service.setRef(new Handler());
    bootstrap().protocol(protocol).service(service).start();
    return chosen;
  }

  @Override
  public Client connect(int port) {
    var reference = new ReferenceConfig<Bench>();
    reference.setInterface(Bench.class);
    reference.setUrl("tri://" + LOOPBACK + ":" + port);
    reference.setTimeout(TIMEOUT_MILLIS);
    reference.setRetries(0);
    bootstrap().reference(reference).start();
    var bench = reference.get();
    return (work, bytes) -> caller(bench, work, Body.ofBytes(bytes));
  }

  private static Caller caller(Bench bench, Work work, Body body) {
    return switch (work) {
      case ECHO -> () -> body.check(bench.echo(request(body)).getBody());
      case SLEEP -> () -> body.check(bench.sleep(request(body)).getBody());
      case ORDER -> {
        var order = Orders.protobuf();
        yield () -> {
          var reply = bench.order(order);
          Orders.check(reply.getId(), reply.getItemsCount());
        };
      }
      case BIDI, STREAM -> throw work.notHere();
    };
  }

  private static Request request(Body body) {
    return Request.newBuilder().setBody(body.text()).build();
  }

  private static DubboBootstrap bootstrap() {
    LogManager.getLogManager().reset(); // Dubbo logs through the JDK if there is nothing else
    System.setProperty("netty.epoll.enable", "true"); // as the other contestants do
    var application = new ApplicationConfig("bench");
    application.setQosEnable(false);
    return DubboBootstrap.getInstance()
        .application(application)
        .registry(new RegistryConfig(RegistryConfig.NO_AVAILABLE));
  }

  /// Dubbo cannot let the kernel choose.
  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static final class Handler implements Bench {

    @Override
    public Reply echo(Request request) {
      return Reply.newBuilder().setBody(request.getBody()).build();
    }

    @Override
    public Reply sleep(Request request) {
      Sleep.oneMillisecond();
      return echo(request);
    }

    @Override
    public Order order(Order order) {
      return order;
    }
  }
}
