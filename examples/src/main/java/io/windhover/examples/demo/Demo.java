package io.windhover.examples.demo;

import io.windhover.examples.hello.HelloHandler;
import io.windhover.examples.hello.HelloRequest;
import io.windhover.examples.hello.HelloService;
import io.windhover.examples.hello.Refused;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.server.Server;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// The main job of Windhover in one run: a service from an IDL, called in each protocol.
public final class Demo {

  private static final int CALLS = 20_000;
  private static final int CALLERS = 32;

  private Demo() {}

  public static void main(String[] args) throws Exception {
    int port;
    try (var server =
        Server.builder().port(0).service(HelloService.serve(new HelloHandler())).start()) {
      port = server.port();
      System.out.printf("HelloService (examples/hello/hello.thrift) listens on port %d%n", port);
      greet(port);
      System.out.printf(
          "%n%,d calls in each protocol, %d callers at a time, after a warm-up of as many:%n%n",
          CALLS, CALLERS);
      System.out.println("  protocol    calls   calls/s   p50 us   p99 us");
      for (var protocol : List.of(Protocol.BUFFERED, Protocol.FRAMED, Protocol.TTHEADER)) {
        System.out.println(measure(port, protocol));
      }
    }
    fail(port);
    System.out.println(
        """

        Next:
          ./windhover gen examples/hello/hello.thrift -o target/hello   the Java it makes of an IDL
          ./windhover --help                                            all commands
          mvn verify                                                    all tests, Kitex as a peer included\
        """);
  }

  private static void greet(int port) throws Refused {
    try (var client = Client.to("127.0.0.1:" + port)) {
      var hello = HelloService.on(client);
      System.out.println("hello(\"Ada\")  ->  " + hello.hello(new HelloRequest().name("Ada")));
      try {
        hello.hello(new HelloRequest().name(" "));
      } catch (Refused e) {
        System.out.println("hello(\" \")    ->  the exception that the IDL declares: " + e);
      }
    }
  }

  private static Measurement measure(int port, Protocol protocol)
      throws InterruptedException, ExecutionException {
    try (var client = Client.builder("127.0.0.1:" + port).protocol(protocol).build()) {
      var hello = HelloService.on(client);
      Measurement.of(protocol, CALLS, CALLERS, () -> call(hello));
      return Measurement.of(protocol, CALLS, CALLERS, () -> call(hello));
    }
  }

  private static void call(HelloService hello) {
    try {
      hello.hello(new HelloRequest().name("Ada"));
    } catch (Refused e) {
      throw new IllegalStateException(e);
    }
  }

  /// Shows what a user sees when a call cannot be made.
  private static void fail(int port) throws Refused {
    System.out.println("\nThe server has stopped. The next call ends so:\n");
    try (var client = Client.to("127.0.0.1:" + port)) {
      HelloService.on(client).hello(new HelloRequest().name("Ada"));
    } catch (RpcException e) {
      System.out.println("  RpcException: " + e.getMessage());
    }
  }
}
