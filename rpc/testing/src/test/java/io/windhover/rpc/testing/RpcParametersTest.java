package io.windhover.rpc.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.client.Client;
import io.windhover.rpc.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What [RpcExtension] gives to tests as parameters, with one instance of the test for all of them.
@TestInstance(Lifecycle.PER_CLASS)
final class RpcParametersTest {

  @RegisterExtension final RpcExtension rpc = RpcExtension.serving(RpcExtensionTest.counter());

  @Test
  void areTheServerAndItsClient(Client client, Server server) {
    assertThat(client).isSameAs(rpc.client());
    assertThat(server).isSameAs(rpc.server());
    assertThat(RpcExtensionTest.count(client)).isPositive();
  }
}
