package io.windhover.examples.hello;

import io.windhover.rpc.server.Server;

/// Serves HelloService on port 8888 until the process ends.
public final class HelloServer {

  private HelloServer() {}

  public static void main(String[] args) throws Exception {
    var server =
        Server.builder().port(8888).service(HelloService.serve(new HelloHandler())).start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    System.out.println("HelloService on port " + server.port());
    server.awaitStop();
  }
}
