package io.windhover.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.examples.demo.Demo;
import io.windhover.examples.hello.HelloHandler;
import io.windhover.examples.hello.HelloRequest;
import io.windhover.examples.hello.HelloService;
import io.windhover.examples.hello.Refused;
import io.windhover.examples.hello.Tone;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.server.Server;
import org.junit.jupiter.api.Test;

final class HelloTest {

  @Test
  void greetsAndRefuses() throws Exception {
    try (var server =
            Server.builder().port(0).service(HelloService.serve(new HelloHandler())).start();
        var client = Client.to("127.0.0.1:" + server.port())) {
      var hello = HelloService.on(client);

      assertThat(hello.hello(new HelloRequest().name("Ada").tone(Tone.LOUD)).message())
          .isEqualTo("HELLO, ADA");
      assertThatThrownBy(() -> hello.hello(new HelloRequest().name(" ")))
          .isEqualTo(new Refused().message("nobody to greet"));
    }
  }

  @Test
  void aHandlerThatReturnsNullHasFailed() throws Exception {
    try (var server =
            Server.builder().port(0).service(HelloService.serve(request -> null)).start();
        var client = Client.to("127.0.0.1:" + server.port())) {
      assertThatThrownBy(() -> HelloService.on(client).hello(new HelloRequest().name("Ada")))
          .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.remoteCode()).isEqualTo(6))
          .hasMessageContaining("HelloService/hello failed in its handler, error id ");
    }
  }

  @Test
  void theDemoRunsToItsEnd() throws Exception {
    Demo.main(new String[0]);
  }
}
