package io.windhover.examples.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.client.Client;
import io.windhover.thrift.validation.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What `docs/guides/validation.md` says comes out.
@Timeout(20)
final class RulesPageTest {

  @Test
  void thePageShowsTheMessages() throws IOException {
    var messages = RulesPage.check().stream().map(Violation::message).toList();

    assertThat(messages).hasSize(3);
    assertThat(Files.readString(Path.of("../docs/guides/validation.md")))
        .contains(String.join("\n", messages) + "\n");
  }

  @Test
  void theServerRefusesWhatThePageSays() throws IOException {
    try (var server = RulesPage.server(0);
        var plain = Client.to("127.0.0.1:" + server.port());
        var careful = RulesPage.client("127.0.0.1:" + server.port())) {
      var order = new Order().customer("ada").items(List.of(new Item().name("tea").count(1)));

      assertThat(Shop.on(careful).place(order, 1)).isZero();
      for (var client : List.of(plain, careful)) {
        assertThatThrownBy(() -> Shop.on(client).place(order, 4))
            .isInstanceOfSatisfying(
                RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
            .hasMessageContaining("priority needs one of 1, 2, 3, has 4 (vt.in)");
      }
    }
  }
}
