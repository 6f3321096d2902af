package io.windhover.examples.rules;

import io.windhover.rpc.RpcException;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.server.Server;
import io.windhover.rpc.validation.Validator;
import io.windhover.thrift.validation.ValidationException;
import io.windhover.thrift.validation.Violation;
import java.io.IOException;
import java.util.List;

/// What `docs/guides/validation.md` shows.
final class RulesPage {

  private RulesPage() {}

  static List<Violation> check() {
    Order order =
        new Order()
            .customer("Ada")
            .items(List.of(new Item().name("tea").count(1), new Item().name("").count(11)));
    try {
      order.validate(); // ends at the first rule that is broken
    } catch (ValidationException e) {
      System.out.println(e.getMessage());
    }
    List<Violation> violations = order.violations(); // all of them
    return violations;
  }

  static Server server(int port) throws IOException {
    Server server =
        Server.builder()
            .port(port)
            .service(Shop.serve((order, priority) -> order.total()))
            .middleware(Validator.ofServer())
            .start();
    return server;
  }

  static Client client(String address) {
    Client client = Client.builder(address).middleware(Validator.ofClient().withReplies()).build();
    return client;
  }

  static void place(Client client, Order order) {
    try {
      Shop.on(client).place(order, 1);
    } catch (RpcException e) {
      if (e.kind() == RpcException.Kind.INVALID) {
        System.out.println(e.getMessage());
      }
    }
  }
}
