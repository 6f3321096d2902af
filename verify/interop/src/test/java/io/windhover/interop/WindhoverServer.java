package io.windhover.interop;

import io.windhover.interop.calls.Calls;
import io.windhover.interop.everything.Interop;
import io.windhover.interop.everything.Second;
import io.windhover.rpc.Service;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;

/// The IDL served by us.
record WindhoverServer(Server mainServer, Server newerServer) implements Peer {

  static WindhoverServer start() {
    try {
      var main =
          serve(
              Interop.serve(new InteropHandler()),
              Second.serve(new SecondHandler()),
              io.windhover.interop.older.Orders.serve(order -> order),
              Calls.serve(new CallsHandler()),
              StreamsStub.serve(new StreamsHandler()));
      return new WindhoverServer(
          main, serve(io.windhover.interop.newer.Orders.serve(new NewerOrders())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Server serve(Service... services) throws IOException {
    var server =
        Server.builder()
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .stopTimeout(Duration.ofSeconds(5))
            .fallbackService(services[0]);
    Arrays.stream(services).skip(1).forEach(server::service);
    return server.start();
  }

  @Override
  public String name() {
    return CallsHandler.NAME;
  }

  @Override
  public InetSocketAddress main() {
    return (InetSocketAddress) mainServer.address();
  }

  @Override
  public InetSocketAddress newer() {
    return (InetSocketAddress) newerServer.address();
  }

  @Override
  public void close() {
    mainServer.close();
    newerServer.close();
  }

  private static final class SecondHandler implements Second {
    @Override
    public String whoAmI() {
      return "Second";
    }

    @Override
    public String reverse(String text) {
      return new StringBuilder(text).reverse().toString();
    }
  }
}
