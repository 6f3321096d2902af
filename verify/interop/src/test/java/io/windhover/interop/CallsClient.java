package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.interop.calls.Calls;
import io.windhover.interop.calls.Seen;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.client.Client;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// The scenarios of what goes along with a call, run by our client.
///
/// @param route the servers behind the one that is called
record CallsClient(Client client, List<String> route) implements AutoCloseable {
  static final String NAME = "windhover-client";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final List<Scenario<CallsClient>> CALLS =
      List.of(
          new Scenario<>("name of the caller", client -> told(client.hop().caller(), NAME)),
          new Scenario<>(
              "transient metadata",
              client -> client.orRefused(() -> client.transientValue("transient, 值"))),
          new Scenario<>(
              "persistent metadata",
              client -> client.orRefused(() -> client.persistentValue("persistent, 值"))),
          new Scenario<>("backward metadata", CallsClient::backwardValue),
          new Scenario<>("metadata of 32 callers", CallsClient::valuesOfCallers),
          new Scenario<>("large metadata", client -> client.orRefused(client::largeValues)),
          new Scenario<>("business error", CallsClient::businessError));

  private static final List<Scenario<CallsClient>> CHAIN =
      List.of(
          new Scenario<>("transient metadata goes one hop", CallsClient::transientGoesOneHop),
          new Scenario<>("persistent metadata goes every hop", CallsClient::persistentGoesOn),
          new Scenario<>("a hop adds persistent metadata", CallsClient::hopAddsPersistent),
          new Scenario<>("backward metadata comes one hop", CallsClient::backwardComesOneHop),
          new Scenario<>("a hop is the caller of the next", CallsClient::hopIsCaller),
          new Scenario<>("the deadline goes every hop", CallsClient::deadlineGoesOn),
          new Scenario<>("a business error passes a hop", CallsClient::businessError));

  /// Runs the scenarios of single calls.
  static List<Outcome> call(InetSocketAddress server, Transport transport) {
    try (var client = new CallsClient(client(server, transport), List.of())) {
      return Scenario.run(CALLS, client);
    }
  }

  /// Runs those of chains of calls.
  ///
  /// @param last address of the last server
  static List<Outcome> chain(InetSocketAddress middle, Transport transport, String last) {
    var client = client(middle, transport);
    try (var first = new CallsClient(client, List.of(last))) {
      return Scenario.run(CHAIN, first);
    }
  }

  private static Client client(InetSocketAddress server, Transport transport) {
    return transport.of(Client.builder(server)).name(NAME).timeout(TIMEOUT).build();
  }

  @Override
  public void close() {
    client.close();
  }

  private Seen hop() {
    return hop(CallOptions.NONE);
  }

  private Seen hop(Metadata metadata) {
    return hop(CallOptions.builder().metadata(metadata).build());
  }

  private Seen hop(CallOptions options) {
    return Calls.on(client.with(options)).hop(route, 0);
  }

  private static Metadata persistent(String key, String value) {
    return Metadata.builder().persistentValue(key, value).build();
  }

  private static String told(String got, String want) {
    if (got.isEmpty()) {
      return "not told";
    }
    assertThat(got).isEqualTo(want);
    return "told";
  }

  /// A protocol that cannot carry metadata refuses to.
  private String orRefused(Callable<String> body) throws Exception {
    try {
      return body.call();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("metadata");
      return "refused";
    }
  }

  private String transientValue(String value) {
    return told(hop(Metadata.of("KEY", value)).transientValues().getOrDefault("KEY", ""), value);
  }

  private String persistentValue(String value) {
    var seen = hop(persistent("KEY", value));
    return told(seen.persistentValues().getOrDefault("KEY", ""), value);
  }

  private String backwardValue() {
    var backward = new HashMap<String, String>();
    var seen = hop(CallOptions.builder().onReplyMetadata(backward::putAll).build());
    return told(backward.getOrDefault("ANSWERED", ""), seen.peer());
  }

  private String valuesOfCallers() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var callers = new ArrayList<Callable<String>>();
      IntStream.range(0, 32)
          .forEach(caller -> callers.add(() -> orRefused(() -> valuesOf("caller " + caller))));
      var details = new ArrayList<String>();
      for (var caller : threads.invokeAll(callers)) {
        details.add(caller.get());
      }
      assertThat(details).containsOnly(details.getFirst());
      return details.getFirst();
    }
  }

  private String valuesOf(String caller) {
    for (int call = 0; call < 19; call++) {
      assertThat(transientValue(caller)).isEqualTo("told");
    }
    return transientValue(caller);
  }

  private String largeValues() {
    var values = new HashMap<String, String>();
    IntStream.range(0, 100).forEach(i -> values.put("KEY_" + i, "%0100d".formatted(i)));
    assertThat(hop(new Metadata(Map.of(), values)).persistentValues()).isEqualTo(values);
    return "told";
  }

  private String businessError() {
    try {
      Calls.on(client).hop(route, 404);
      return "lost";
    } catch (BusinessException e) {
      assertThat(e.code()).isEqualTo(404);
      assertThat(e.text()).isEqualTo("no way, 不");
      assertThat(e.extra()).containsKey("by");
      assertThat(Calls.on(client).hop(List.of(), 0).peer()).isNotEmpty();
      return "told";
    } catch (RpcException e) {
      assertThat(Calls.on(client).hop(List.of(), 0).peer()).isNotEmpty();
      return "refused";
    }
  }

  private String transientGoesOneHop() {
    var seen = hop(Metadata.of("KEY", "first"));
    assertThat(seen.transientValues()).containsEntry("KEY", "first");
    assertThat(seen.next().transientValues()).doesNotContainKey("KEY");
    return told(seen.next().transientValues().getOrDefault("HOP", ""), seen.peer());
  }

  private String persistentGoesOn() {
    var seen = hop(persistent("KEY", "all the way"));
    assertThat(seen.persistentValues()).containsEntry("KEY", "all the way");
    return told(seen.next().persistentValues().getOrDefault("KEY", ""), "all the way");
  }

  private String hopAddsPersistent() {
    var seen = hop(persistent("VIA", NAME));
    assertThat(seen.persistentValues()).containsEntry("VIA", NAME);
    return told(seen.next().persistentValues().getOrDefault("VIA", ""), seen.peer());
  }

  private String backwardComesOneHop() {
    var backward = new HashMap<String, String>();
    var seen = hop(CallOptions.builder().onReplyMetadata(backward::putAll).build());
    assertThat(seen.backwardValues()).containsEntry("ANSWERED", seen.next().peer());
    return told(backward.getOrDefault("ANSWERED", ""), seen.peer());
  }

  private String hopIsCaller() {
    var seen = hop();
    assertThat(seen.caller()).isEqualTo(NAME);
    return told(seen.next().caller(), seen.peer());
  }

  private String deadlineGoesOn() {
    var seen = hop(CallOptions.builder().timeout(Duration.ofSeconds(3)).build());
    assertThat(seen.timeoutMillis()).isBetween(1L, 3000L);
    return seen.next().timeoutMillis() <= seen.timeoutMillis() ? "told" : "not told";
  }
}
