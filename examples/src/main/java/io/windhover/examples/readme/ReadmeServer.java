package io.windhover.examples.readme;

import io.windhover.rpc.server.Server;

final class ReadmeServer {

  private ReadmeServer() {}

  public static void main(String[] args) throws Exception {
    Server.builder()
        .port(8888)
        .service(
            HelloService.serve(request -> new HelloResponse().message("Hello, " + request.name())))
        .start()
        .awaitStop();
  }
}
