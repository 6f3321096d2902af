package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.Protocol;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SuiteTest {

  private static void company(ClientBuilder builder) {
    builder
        .protocol(Protocol.TTHEADER)
        .timeout(Duration.ofMillis(300))
        .maxConnections(64)
        .checksums(true);
  }

  @Test
  void saysWhereEachOptionComesFrom() {
    var explanation =
        explain(
            Client.builder("localhost:1")
                .name("greeter")
                .suite("company", SuiteTest::company)
                .maxConnections(8)
                .connectTimeout(Duration.ofSeconds(2)));

    assertThat(explanation)
        .contains("name greeter client")
        .contains("protocol TTHEADER suite company")
        .contains("timeout 300 ms suite company")
        .contains("checksums on suite company")
        .contains("maxConnections 8 client") // set after the suite
        .contains("connectTimeout 2 s client")
        .contains("idleTimeout 30 s default")
        .contains("maxMessageBytes 16777216 default");
  }

  @Test
  void namesTheLastOfSeveralSuites() {
    var explanation =
        explain(
            Client.builder("localhost:1")
                .suite("company", SuiteTest::company)
                .suite("team", builder -> builder.timeout(Duration.ofSeconds(3))));

    assertThat(explanation)
        .contains("timeout 3 s suite team")
        .contains("protocol TTHEADER suite company");
  }

  /// Lines with single spaces.
  private static List<String> explain(ClientBuilder builder) {
    try (var client = builder.build()) {
      return client.explain().lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
    }
  }
}
