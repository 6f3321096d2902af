package io.windhover.rpc.client;

import static io.windhover.rpc.fixture.LocalAddress.closedPort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.EventRecorder;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.fixture.TurnedTime;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Listeners of others, plugged into a client and a server.
@Timeout(20)
final class CallListenerTest {

  private final EventRecorder onClient = new EventRecorder();
  private final EventRecorder onServer = new EventRecorder();
  @RegisterExtension final ToClose toClose = new ToClose();

  @Test
  void isToldOfEachStep() throws Exception {
    var client = client(serve(text -> text), Protocol.FRAMED);

    EchoFixture.echo(client, "hi");

    assertThat(onClient.events(6))
        .containsExactly(
            "started Echo/echo", "attempting", "connected", "sent 30", "received 30", "ended null");
    assertThat(onServer.events(6))
        .containsExactly(
            "started Echo/echo",
            "received 30",
            "handling",
            "handled null",
            "sent 30",
            "ended null");
  }

  @Test
  void isToldThatAHandlerFailed() throws Exception {
    var client =
        client(
            serve(
                _ -> {
                  throw new IllegalStateException("no");
                }),
            Protocol.FRAMED);

    assertThatThrownBy(() -> EchoFixture.echo(client, "hi")).isInstanceOf(RpcException.class);

    assertThat(onClient.events(6)).endsWith("ended RpcException");
    assertThat(onServer.events(6))
        .contains("handled ApplicationException")
        .endsWith("ended ApplicationException");
  }

  @Test
  void isToldOfABusinessStatus() throws Exception {
    var client =
        client(
            serve(
                _ -> {
                  throw new BusinessException(7, "no");
                }),
            Protocol.TTHEADER);

    assertThatThrownBy(() -> EchoFixture.echo(client, "hi")).isInstanceOf(BusinessException.class);

    assertThat(onClient.events(6)).endsWith("ended BusinessException");
    assertThat(onServer.events(6)).endsWith("ended BusinessException");
  }

  @Test
  void learnsHowLongACallHasTaken() throws Exception {
    var time = new TurnedTime();
    var server =
        serve(
            text -> {
              time.turn(Duration.ofMillis(7));
              return text;
            });
    var seen = new ConcurrentHashMap<String, Long>();
    var client =
        toClose.keep(
            Client.builder(server.address())
                .time(time)
                .listener(
                    new CallListener() {
                      @Override
                      public void connected(Invocation call) {
                        seen.put("connected", call.elapsedNanos());
                      }

                      @Override
                      public void ended(Invocation call, @Nullable Throwable failure) {
                        seen.put("ended", call.elapsedNanos());
                      }
                    })
                .build());

    EchoFixture.echo(client, "hi");

    assertThat(seen)
        .containsExactlyInAnyOrderEntriesOf(Map.of("connected", 0L, "ended", 7_000_000L));
  }

  @Test
  void learnsOnAServerHowLongACallHasTakenSinceItCame() throws Exception {
    var seen = new LinkedBlockingQueue<Long>();
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .service(EchoFixture.serve(text -> text))
                .listener(
                    new CallListener() {
                      @Override
                      public void started(Invocation call) {
                        seen.add(call.elapsedNanos());
                      }

                      @Override
                      public void ended(Invocation call, @Nullable Throwable failure) {
                        seen.add(call.elapsedNanos());
                      }
                    })
                .start());
    long before = System.nanoTime();
    EchoFixture.echo(client(server, Protocol.FRAMED), "hi");

    long atStart = Objects.requireNonNull(seen.poll(10, TimeUnit.SECONDS));
    long atEnd = Objects.requireNonNull(seen.poll(10, TimeUnit.SECONDS));

    assertThat(atStart).isPositive();
    assertThat(atEnd).isBetween(atStart, System.nanoTime() - before);
  }

  @Test
  void isToldOfOnewayCalls() throws Exception {
    var client = client(serve(text -> text), Protocol.FRAMED);

    EchoFixture.note(client, "hi");

    assertThat(onClient.events(5)).endsWith("sent 30", "ended null");
    assertThat(onServer.events(5)).endsWith("handled null", "ended null");
  }

  @Test
  void leavesOutWhatDoesNotComeToPass() throws Exception {
    var client = toClose.keep(Client.builder(closedPort()).listener(onClient).build());

    assertThatThrownBy(() -> EchoFixture.echo(client, "hi")).isInstanceOf(RpcException.class);

    assertThat(onClient.events(3))
        .containsExactly("started Echo/echo", "attempting", "ended RpcException");
  }

  @Test
  void harmsNoCallAndNoOtherListener() throws Exception {
    CallListener broken =
        new CallListener() {
          @Override
          public void sent(Invocation call, int bytes) {
            throw new IllegalStateException("no listener today");
          }
        };
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .service(EchoFixture.serve(text -> text))
                .listener(broken)
                .listener(onServer)
                .start());
    var client =
        toClose.keep(
            Client.builder("127.0.0.1:" + server.port())
                .listener(broken)
                .listener(onClient)
                .build());

    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi");

    assertThat(onClient.events(6)).contains("sent 30").endsWith("ended null");
    assertThat(onServer.events(6)).contains("sent 30").endsWith("ended null");
  }

  @Test
  void isNothingIfThereIsNone() {
    assertThat(CallListener.of(List.of())).isSameAs(CallListener.NONE);
  }

  private Server serve(UnaryOperator<String> handler) throws IOException {
    return toClose.keep(
        Server.builder().port(0).service(EchoFixture.serve(handler)).listener(onServer).start());
  }

  private Client client(Server server, Protocol protocol) {
    return toClose.keep(
        Client.builder("127.0.0.1:" + server.port()).protocol(protocol).listener(onClient).build());
  }
}
