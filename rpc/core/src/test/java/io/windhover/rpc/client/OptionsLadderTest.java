package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Protocol;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OptionsLadderTest {

  private final OptionsLadder ladder =
      new OptionsLadder(
          ClientOptions.DEFAULT_CALL,
          timeout(100),
          Map.of("Shop", timeout(200)),
          Map.of("Shop", Map.of("buy", timeout(300)), "Other", Map.of("run", connectTimeout(7))));

  @Test
  void takesTheNearestRung() {
    assertThat(ladder.of("Bank", "pay").timeout()).contains(Duration.ofMillis(100));
    assertThat(ladder.of("Shop", "look").timeout()).contains(Duration.ofMillis(200));
    assertThat(ladder.of("Shop", "buy").timeout()).contains(Duration.ofMillis(300));
    assertThat(ladder.of("Other", "run").timeout()).contains(Duration.ofMillis(100));
    assertThat(ladder.of("Other", "run").connectTimeout()).contains(Duration.ofMillis(7));
    assertThat(ladder.of("Shop", "buy").with(timeout(400)).timeout())
        .contains(Duration.ofMillis(400));
    assertThat(ladder.of("Shop", "buy").with(timeout(400)).connectTimeout())
        .contains(Duration.ofSeconds(1));
  }

  @Test
  void addsMetadataUp() {
    var nearer = CallOptions.builder().metadata(Metadata.of("b", "2")).build();

    var both = CallOptions.builder().metadata(Metadata.of("a", "1")).build().with(nearer);

    assertThat(both.metadata().transientValues()).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void explainsWhereEachOptionComesFrom() {
    try (var client =
        Client.builder(InetSocketAddress.createUnresolved("shop", 80))
            .protocol(Protocol.TTHEADER)
            .metadata(Metadata.of("env", "test"))
            .service("Shop", timeout(200))
            .method("Shop", "buy", connectTimeout(50))
            .build()) {
      var call = CallOptions.builder().metadata(Metadata.of("user", "7")).build();

      assertThat(client.explain("Shop", "buy", call))
          .isEqualTo(
              """
              Shop/buy
                timeout          200 ms                   service Shop
                timeout (stream) none                     default
                connectTimeout   50 ms                    method Shop/buy
                waitForReady     false                    default
                address          shop:80                  client
                metadata         env=test                 client
                metadata         user=7                   call
              """);
      assertThat(client.explain("Bank", "pay")).contains("timeout          1 s", "default");
    }
  }

  @Test
  void explainsWhenAStreamEnds() {
    try (var client =
        Client.builder(InetSocketAddress.createUnresolved("shop", 80))
            .timeout(Duration.ofMillis(100))
            .method("Shop", "watch", timeout(300))
            .build()) {
      assertThat(client.explain("Shop", "browse"))
          .contains("timeout (stream) none                     default");
      assertThat(client.explain("Shop", "watch"))
          .contains("timeout (stream) 300 ms                   method Shop/watch");
      assertThat(client.explain("Shop", "watch", timeout(400)))
          .contains("timeout (stream) 400 ms                   call");
    }
  }

  private static CallOptions timeout(int millis) {
    return CallOptions.builder().timeout(Duration.ofMillis(millis)).build();
  }

  private static CallOptions connectTimeout(int millis) {
    return CallOptions.builder().connectTimeout(Duration.ofMillis(millis)).build();
  }
}
