package io.windhover.examples.readme;

import io.windhover.rpc.client.Client;

final class ReadmeClient {

  private ReadmeClient() {}

  public static void main(String[] args) {
    try (var client = Client.to("127.0.0.1:8888")) {
      var hello = HelloService.on(client);
      System.out.println(hello.hello(new HelloRequest().name("Ada")).message());
    }
  }
}
