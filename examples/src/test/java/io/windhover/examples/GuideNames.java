package io.windhover.examples;

import io.windhover.examples.readme.HelloRequest;
import io.windhover.examples.readme.HelloResponse;
import io.windhover.examples.readme.HelloService;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.server.Server;

/// What the snippets of guides speak of without declaring it.
abstract class GuideNames {
  Client client = Client.to("127.0.0.1:8888");
  HelloService hello = HelloService.on(client);
  HelloService handler = request -> new HelloResponse().message("Hello, " + request.name());
  HelloRequest request = new HelloRequest().name("Ada");
  Server server;
}
