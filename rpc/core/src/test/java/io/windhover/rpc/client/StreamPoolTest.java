package io.windhover.rpc.client;

import static io.windhover.rpc.fixture.ChatFixture.chat;
import static io.windhover.rpc.fixture.Eventually.await;
import static io.windhover.rpc.fixture.LocalAddress.closedPort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.fixture.ChatFixture;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.pool.PoolState;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The connections that a client has for its streams.
@Timeout(20)
final class StreamPoolTest {

  @Test
  void carriesManyStreamsOnAFewConnections() throws Exception {
    try (var server = ChatFixture.start();
        var client = Client.builder(server.address()).streamConnections(2).build()) {
      var chats = IntStream.range(0, 100).mapToObj(_ -> chat(client)).toList();
      for (int i = 0; i < chats.size(); i++) {
        chats.get(i).send(new Text("" + i));
      }
      for (int i = 0; i < chats.size(); i++) {
        assertThat(chats.get(i).receive()).contains(new Text("" + i));
      }

      var streams = streams(client);
      assertThat(streams.use()).isEqualTo(PoolState.Use.STREAMS);
      assertThat(streams.open()).isEqualTo(2);
      assertThat(streams.counters().dialled()).isEqualTo(2);
      chats.forEach(StreamReceiver::close);
      await(() -> streams(client).idle() == 2);
    }
  }

  @Test
  void areNotThereBeforeTheFirstStream() throws Exception {
    try (var server = ChatFixture.start();
        var client = Client.builder(server.address()).build()) {
      EchoFixture.echo(client, "hi");
      assertThat(client.pools()).extracting(PoolState::use).containsExactly(PoolState.Use.CALLS);

      try (var chat = chat(client)) {
        assertThat(client.pools())
            .extracting(PoolState::use)
            .containsExactly(PoolState.Use.CALLS, PoolState.Use.STREAMS);
        chat.end();
      }
    }
  }

  @Test
  void areMadeAheadIfAskedFor() throws Exception {
    try (var server = ChatFixture.start();
        var client = Client.builder(server.address()).streamConnections(3).build()) {
      client.warmUpStreams(3, Duration.ofSeconds(10)).orThrow();

      assertThat(streams(client).open()).isEqualTo(3);
      assertThatThrownBy(() -> client.warmUpStreams(4, Duration.ofSeconds(10)))
          .hasMessage("connections: 4 (expected: 1..3, streamConnections)");
    }
  }

  @Test
  void pauseAfterAFailedDial() throws Exception {
    try (var client = Client.builder(closedPort()).build()) {
      for (int i = 0; i < 100; i++) {
        assertThatThrownBy(() -> chat(client))
            .isInstanceOfSatisfying(
                RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SENT));
      }

      var counters = streams(client).counters();
      assertThat(counters.dialsFailed() + counters.refused()).isEqualTo(100);
      assertThat(counters.refused()).isPositive();
    }
  }

  @Test
  void takeAnotherConnectionWhenOneDiesBeforeTheFirstByte() throws Exception {
    var connections = WatchedDialler.connections();
    try (var server = ChatFixture.start();
        var client =
            Client.builder(server.address())
                .dialler(
                    own ->
                        new WatchedDialler(
                            own,
                            connections,
                            connection -> {
                              if (connections.size() < 3) {
                                connection.abort();
                              }
                            }))
                .build()) {
      try (var chat = chat(client)) {
        chat.send(new Text("hi"));
        assertThat(chat.receive()).contains(new Text("hi"));
      }
      assertThat(connections).hasSize(3);
    }
  }

  @Test
  void goOnWithTheirStreamsWhenTheAddressIsRemoved() throws Exception {
    var connections = WatchedDialler.connections();
    try (var server = ChatFixture.start();
        var client =
            Client.builder(server.address())
                .dialler(own -> new WatchedDialler(own, connections, _ -> {}))
                .build();
        var chat = chat(client)) {
      chat.send(new Text("before"));
      assertThat(chat.receive()).contains(new Text("before"));

      client.removeAddress(server.address());

      chat.send(new Text("after"));
      assertThat(chat.receive()).contains(new Text("after"));
      assertThat(connections.getFirst().isOpen()).isTrue();
      chat.end();
      assertThat(chat.receive()).isEmpty();
      await(() -> !connections.getFirst().isOpen());
    }
  }

  @Test
  void areReplacedWhenTheyAreTooOld() throws Exception {
    try (var server = ChatFixture.start();
        var client =
            Client.builder(server.address())
                .streamConnections(1)
                .pool(PoolOptions.builder().maxAge(Duration.ofNanos(1)).build())
                .build();
        var first = chat(client);
        var second = chat(client)) {
      first.send(new Text("one"));
      second.send(new Text("two"));

      assertThat(first.receive()).contains(new Text("one"));
      assertThat(second.receive()).contains(new Text("two"));
      await(() -> streams(client).counters().closedOld() > 0);
      first.end();
      assertThat(first.receive()).isEmpty();
      second.end();
      assertThat(second.receive()).isEmpty();
      await(() -> streams(client).open() == 1);
    }
  }

  private static PoolState streams(Client client) {
    return client.pools().stream()
        .filter(pool -> pool.use() == PoolState.Use.STREAMS)
        .findFirst()
        .orElseThrow();
  }
}
