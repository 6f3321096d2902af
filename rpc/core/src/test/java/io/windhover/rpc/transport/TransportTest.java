package io.windhover.rpc.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.Connection;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.Service;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.codec.Detection;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.LinePeer;
import io.windhover.rpc.fixture.LineTransport;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A protocol of others on the port of our own, over real sockets.
@Timeout(20)
final class TransportTest {

  private final LineTransport lines = new LineTransport();
  @RegisterExtension final ToClose toClose = new ToClose();

  @Test
  void sharesAPortAndItsMiddlewareWithWhatIsBuiltIn() throws Exception {
    var seen = new LinkedBlockingQueue<String>();
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .transport(lines)
                .middleware(
                    next ->
                        (invocation, request) -> {
                          seen.add(invocation.name());
                          return next.call(invocation, request);
                        })
                .service(EchoFixture.serve(text -> text + "!"))
                .start());
    var client = toClose.keep(Client.to("127.0.0.1:" + server.port()));
    var peer = peer(server);

    peer.send(LineTransport.request(1000, "echo", "hi there"));

    assertThat(peer.line()).isEqualTo("OK hi there!");
    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi!");
    assertThat(seen).containsExactly("Echo/echo", "Echo/echo");
  }

  @Test
  void isToldApartByMoreBytesThanTheFirst() throws Exception {
    var server = serve(text -> text + "!");
    var peer = peer(server);

    for (byte one : LineTransport.request(1000, "echo", "hi")) {
      peer.send(one);
    }

    assertThat(peer.line()).isEqualTo("OK hi!");
  }

  @Test
  void tellsWhyARequestBecomesNoCall() throws Exception {
    var peer = peer(serve(text -> text));

    peer.send(LineTransport.request(1000, "nope", "hi"));

    assertThat(peer.line()).isEqualTo("ERROR 1 unknown method nope of service Echo");
  }

  @Test
  void tellsOfABusinessStatus() throws Exception {
    var peer =
        peer(
            serve(
                text -> {
                  throw new BusinessException(404, "none", Map.of());
                }));

    peer.send(LineTransport.request(1000, "echo", "hi"));

    assertThat(peer.line()).isEqualTo("SAID 404");
  }

  @Test
  void endsACallAtItsDeadline() throws Exception {
    var peer = peer(serve(text -> awaitInterrupt()));

    peer.send(LineTransport.request(50, "echo", "hi"));

    assertThat(peer.line()).startsWith("ERROR 1938274408 the deadline passed while Echo/echo ran");
  }

  private static String awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "interrupted";
  }

  @Test
  void interruptsCallsWhoseConnectionIsGone() throws Exception {
    var running = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    var peer =
        peer(
            serve(
                text -> {
                  running.countDown();
                  var end = awaitInterrupt();
                  interrupted.countDown();
                  return end;
                }));
    peer.send(LineTransport.request(60_000, "echo", "hi"));
    running.await();

    peer.socket().setSoLinger(true, 0); // a reset
    peer.socket().close();

    interrupted.await();
  }

  @Test
  void mayServeWhatIsUnderWayWhenTheServerStops() throws Exception {
    var running = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var server =
        serve(
            text -> {
              running.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                return "interrupted";
              }
              return text + "!";
            });
    var peer = peer(server);
    peer.send(LineTransport.request(10_000, "echo", "hi"));
    running.await();

    var stopping = Thread.ofVirtual().start(server::stop);
    while (!lines.told.contains("drain")) {
      Thread.onSpinWait();
    }
    goOn.countDown();

    assertThat(peer.line()).isEqualTo("LAST OK hi!");
    assertThat(peer.line()).isNull();
    stopping.join();
    assertThat(lines.told).containsExactly("finish", "drain");
  }

  @Test
  void isToldToCancelWhatTakesTooLongWhenTheServerStops() throws Exception {
    var running = new CountDownLatch(1);
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .transport(lines)
                .stopTimeout(Duration.ofMillis(200))
                .service(
                    EchoFixture.serve(
                        text -> {
                          running.countDown();
                          return awaitInterrupt();
                        }))
                .start());
    var peer = peer(server);
    peer.send(LineTransport.request(60_000, "echo", "hi"));
    running.await();

    server.stop();

    assertThat(lines.told).containsExactly("finish", "drain", "cancel");
  }

  @Test
  void letsAServiceHaveMethodsThatItCarries() throws Exception {
    var method = new Method<>("echo", false, "a codec of another family");
    var service =
        new Service("Echo", List.of(new Operation(method, (invocation, request) -> request)));
    var carrying =
        new Transport() {
          @Override
          public String name() {
            return "lines";
          }

          @Override
          public Detection detect(Connection connection, LinkBuffer input) {
            return lines.detect(connection, input);
          }

          @Override
          public ServedConnection serve(ServerCalls calls) {
            return lines.serve(calls);
          }

          @Override
          public boolean carries(Method<?> one) {
            return one.codec() instanceof String;
          }
        };
    var server =
        toClose.keep(Server.builder().port(0).transport(carrying).service(service).start());
    var peer = peer(server);

    peer.send(LineTransport.request(1000, "echo", "hi"));

    assertThat(peer.line()).isEqualTo("OK hi");
    assertThatThrownBy(() -> Server.builder().port(0).transport(lines).service(service).start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Echo/echo is not a Thrift method");
  }

  private Server serve(UnaryOperator<String> handler) throws IOException {
    return toClose.keep(
        Server.builder().port(0).transport(lines).service(EchoFixture.serve(handler)).start());
  }

  private LinePeer peer(Server server) throws IOException {
    return toClose.keep(new LinePeer(server.port()));
  }
}
