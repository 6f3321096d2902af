package io.windhover.examples.readme;

import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Caller;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.pool.PoolState;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;

/// What `docs/guides/connections.md` shows.
final class ConnectionsPage {

  private ConnectionsPage() {}

  static Client pooled() {
    Client client =
        Client.builder("127.0.0.1:8888")
            .pool(
                PoolOptions.builder()
                    .maxConnections(64)
                    .minIdle(4)
                    .maxAge(Duration.ofMinutes(10))
                    .build())
            .build();
    return client;
  }

  static Caller patient(Client client) {
    Caller patient =
        client.with(
            CallOptions.builder().waitForReady(true).timeout(Duration.ofSeconds(30)).build());
    return patient;
  }

  static void warmUp(Client client) throws IOException, InterruptedException {
    client.warmUp(16, Duration.ofSeconds(5)).orThrow();
  }

  static void show(Client client) {
    for (PoolState pool : client.pools()) {
      System.out.printf(
          "%s: %d open, %d idle, %d calls wait%n",
          pool.address(), pool.open(), pool.idle(), pool.waiting());
    }
  }

  static Client shortLived() {
    Client client = Client.builder("127.0.0.1:8888").pools(ShortPool::new).build();
    return client;
  }

  static Client proxied() {
    SocketAddress proxy = UnixDomainSocketAddress.of("/run/proxy.sock");
    Client client =
        Client.builder("shop.internal:8888")
            .dialler(
                own ->
                    (address, timeout, options, handler) ->
                        own.dial(proxy, timeout, options, handler))
            .build();
    return client;
  }
}
