package io.windhover.examples.hello;

import io.windhover.rpc.client.Client;

/// Calls the server of [HelloServer] once.
public final class HelloClient {

  private HelloClient() {}

  public static void main(String[] args) throws Refused {
    try (var client = Client.to("127.0.0.1:8888")) {
      var hello = HelloService.on(client);
      System.out.println(hello.hello(new HelloRequest().name("Ada")).message());
    }
  }
}
