package io.windhover.examples.readme;

import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Caller;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.time.Duration;

/// What `docs/options.md` shows.
final class OptionsPage {

  private OptionsPage() {}

  static Client client() {
    Client client =
        Client.builder("127.0.0.1:8888")
            .name("greeter")
            .protocol(Protocol.TTHEADER)
            .timeout(Duration.ofMillis(300))
            .maxConnections(64)
            .build();
    return client;
  }

  static Caller patient() {
    Client client =
        Client.builder("127.0.0.1:8888")
            .service("Shop", CallOptions.builder().timeout(Duration.ofMillis(300)).build())
            .method("Shop", "report", CallOptions.builder().timeout(Duration.ofSeconds(10)).build())
            .build();
    Caller patient = client.with(CallOptions.builder().timeout(Duration.ofSeconds(30)).build());
    System.out.println(client.explain("Shop", "report"));
    return patient;
  }

  static Server server() throws IOException {
    Middleware timing = timing();
    Server server =
        Server.builder()
            .port(8888)
            .service(HelloService.serve(new Greeter()))
            .middleware(timing)
            .maxMessageBytes(4 << 20)
            .stopTimeout(Duration.ofSeconds(20))
            .start();
    return server;
  }

  static Middleware timing() {
    Middleware timing =
        next ->
            (invocation, request) -> {
              long start = System.nanoTime();
              try {
                return next.call(invocation, request);
              } finally {
                long micros = (System.nanoTime() - start) / 1000;
                System.out.println(invocation.name() + " took " + micros + " us");
              }
            };
    return timing;
  }

  private static final class Greeter implements HelloService {
    @Override
    public HelloResponse hello(HelloRequest request) {
      return new HelloResponse().message("Hello, " + request.name());
    }
  }
}
