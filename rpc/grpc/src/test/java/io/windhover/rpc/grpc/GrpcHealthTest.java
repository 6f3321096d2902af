package io.windhover.rpc.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.Streams;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class GrpcHealthTest {

  private static final int SERVING = 1;
  private static final int NOT_SERVING = 2;
  private static final int SERVICE_UNKNOWN = 3;

  private final GrpcHealth health = new GrpcHealth();
  private Server server;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    server =
        Server.builder()
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .transport(GrpcTransport.create())
            .service(health.service())
            .onReadiness(health)
            .start();
    client =
        Client.builder(server.address())
            .transport(GrpcClientTransport.create())
            .timeout(Duration.ofSeconds(20))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop();
  }

  private int check(String service) {
    return MessageCall.call(client, GrpcHealth.FULL_NAME, HealthCalls.CHECK, service);
  }

  private StreamReceiver<Integer> watch(String service) {
    return Streams.serverStream(client.open(GrpcHealth.FULL_NAME, HealthCalls.WATCH), service);
  }

  @Test
  void isThatOfTheServerUnderTheEmptyName() {
    assertThat(check("")).isEqualTo(SERVING);
  }

  @Test
  void isThatOfAServiceOnceItIsSaid() {
    assertThatThrownBy(() -> check("shop.Orders")).hasMessageContaining("NOT_FOUND");

    health.set("shop.Orders", true);
    assertThat(check("shop.Orders")).isEqualTo(SERVING);

    health.set("shop.Orders", false);
    assertThat(check("shop.Orders")).isEqualTo(NOT_SERVING);
    assertThat(check("")).isEqualTo(SERVING);
  }

  @Test
  void isListedOfAllServicesThatAreKnown() {
    health.set("shop.Orders", true);
    health.set("shop.Offers", false);

    var list = new Method<>("List", false, new MessageCall<>(Words.TEXT, Words.TEXT));
    assertThat(MessageCall.call(client, GrpcHealth.FULL_NAME, list, ""))
        .as("by name: (1: name, 2: (1: status))")
        .isEqualTo(
            "\n\6\n\0\22\2\b\1"
                + "\n\21\n\13shop.Offers\22\2\b\2"
                + "\n\21\n\13shop.Orders\22\2\b\1");
  }

  @Test
  void tellsThoseWhoWatchOfEachChange() {
    try (var watching = watch("shop.Orders")) {
      assertThat(watching.receive()).contains(SERVICE_UNKNOWN);

      health.set("shop.Orders", true);
      assertThat(watching.receive()).contains(SERVING);

      health.set("shop.Orders", false);
      assertThat(watching.receive()).contains(NOT_SERVING);
    }
  }

  @Test
  void endsForThoseWhoWatchWhenTheServerStops() {
    try (var watching = watch("")) {
      assertThat(watching.receive()).contains(SERVING);

      health.accept(false);

      assertThat(watching.receive()).contains(NOT_SERVING);
      var end = catchThrowableOfType(RpcException.class, watching::receive);
      assertThat(GrpcStatus.of(end).orElseThrow().code()).isEqualTo(GrpcCode.UNAVAILABLE);
      health.set("shop.Orders", true);
      assertThat(check("shop.Orders")).isEqualTo(NOT_SERVING);
    }
  }
}
