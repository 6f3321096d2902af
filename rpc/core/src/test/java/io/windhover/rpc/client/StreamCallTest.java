package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.ForwardingStream;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.StreamEndpoint;
import io.windhover.rpc.StreamMiddleware;
import io.windhover.rpc.StreamOpener;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.NotesFixture;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.server.Server;
import io.windhover.rpc.wire.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Streams between our own client and server, besides calls.
@Timeout(30)
final class StreamCallTest {

  @Test
  void streamsAndCallsGoToOnePort() throws Exception {
    try (var server = serve(NotesFixture::echo);
        var client = client(server);
        var chat = NotesFixture.chat(client)) {
      chat.send(new Text("a"));

      assertThat(EchoFixture.echo(client, "Notes", "b")).isEqualTo("b!");
      assertThat(chat.receive()).contains(new Text("a"));
      assertThat(client.openConnections()).isEqualTo(2);
    }
  }

  @Test
  void middlewareSeesStreamsAndTheirMessagesOnBothSides() throws Exception {
    var seen = Collections.synchronizedList(new ArrayList<String>());
    var recording =
        new StreamMiddleware() {
          @Override
          public StreamOpener opening(StreamOpener next) {
            return invocation -> {
              seen.add("opening " + invocation.name());
              return new ForwardingStream(next.open(invocation)) {
                @Override
                public void send(Object message) {
                  seen.add("client sends");
                  super.send(message);
                }
              };
            };
          }

          @Override
          public StreamEndpoint serving(StreamEndpoint next) {
            return (invocation, stream) ->
                next.serve(
                    invocation,
                    new ForwardingStream(stream) {
                      @Override
                      protected Object received(Object message) {
                        seen.add("server received");
                        return new Text(((Text) message).value() + "?");
                      }
                    });
          }
        };
    try (var server = NotesFixture.server(NotesFixture::echo).streamMiddleware(recording).start();
        var client =
            Client.builder(NotesFixture.address(server)).streamMiddleware(recording).build();
        var chat = NotesFixture.chat(client)) {
      chat.send(new Text("a"));

      assertThat(chat.receive()).contains(new Text("a?"));
      assertThat(seen).containsExactly("opening Notes/chat", "client sends", "server received");
    }
  }

  @Test
  void readerOfOneKibibyteASecondKeepsLittleOnItsWay() throws Exception {
    var message = new Text("x".repeat(1 << 10));
    var sentBytes = new AtomicLong();
    BiConsumer<StreamReceiver<Text>, StreamSender<Text>> flood =
        (in, out) -> {
          in.receive();
          while (true) {
            out.send(message);
            sentBytes.addAndGet(1 << 10);
          }
        };
    try (var server = serve(flood);
        var client = client(server);
        var chat = NotesFixture.chat(client)) {
      chat.send(message);
      long receivedBytes = 0;
      for (int second = 1; second <= 4; second++) {
        assertThat(chat.receive()).contains(message);
        receivedBytes += 1 << 10;
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));

        assertThat(sentBytes.get() - receivedBytes)
            .as("held on both sides and between")
            .isBetween(100L << 10, 256L << 10);
      }
    }
  }

  @Test
  void streamOutlivesTheTimeoutOfCalls() throws Exception {
    try (var server = serve(NotesFixture::echo);
        var client =
            Client.builder(NotesFixture.address(server)).timeout(Duration.ofMillis(1)).build();
        var chat = NotesFixture.chat(client)) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> chat.receive(Duration.ofMillis(50)))
          .withMessageContaining("the stream goes on");
      chat.send(new Text("a"));
      assertThat(chat.receive()).contains(new Text("a"));
    }
  }

  @Test
  void timeoutOfTheMethodOrTheCallEndsAStream() throws Exception {
    var brief = CallOptions.builder().timeout(Duration.ofMillis(50)).build();
    var ample = CallOptions.builder().timeout(Duration.ofSeconds(20)).build();
    try (var server = serve(NotesFixture::echo);
        var client =
            Client.builder(NotesFixture.address(server)).method("Notes", "chat", brief).build();
        var ofMethod = NotesFixture.chat(client);
        var ofCall = NotesFixture.chat(client.with(ample))) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(ofMethod::receive)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
      ofCall.send(new Text("a"));
      assertThat(ofCall.receive()).contains(new Text("a"));
    }
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (var client = Client.to("127.0.0.1:" + port)) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> NotesFixture.chat(client))
          .withMessageContaining("NOT_SENT at CONNECT calling Notes/chat on 127.0.0.1:" + port)
          .withMessageContaining("Is the server running");
    }
  }

  @Test
  void opensNoStreamOnceItIsClosed() throws Exception {
    try (var server = serve(NotesFixture::echo)) {
      var client = client(server);
      var chat = NotesFixture.chat(client);
      client.close();

      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> NotesFixture.chat(client))
          .withMessageContaining("this client is closed");
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.DISCONNECTED));
    }
  }

  @Test
  void serverThatStopsLetsStreamsEnd() throws Exception {
    try (var server = serve(NotesFixture::echo);
        var client = client(server);
        var chat = NotesFixture.chat(client)) {
      chat.send(new Text("a"));
      assertThat(chat.receive()).isPresent();

      var stopping = Thread.ofVirtual().start(server::stop);
      chat.send(new Text("b"));
      assertThat(chat.receive()).contains(new Text("b"));
      chat.end();
      assertThat(chat.receive()).isEmpty();

      assertThat(stopping.join(Duration.ofSeconds(4))).as("before the stop timeout").isTrue();
    }
  }

  @Test
  void serverThatStopsInterruptsStreamsThatGoOn() throws Exception {
    var interrupted = new CountDownLatch(1);
    try (var server =
            NotesFixture.server(
                    (in, out) -> {
                      out.send(new Text("started"));
                      try {
                        in.receive();
                      } catch (RpcException e) {
                        interrupted.countDown();
                      }
                    })
                .stopTimeout(Duration.ofMillis(100))
                .start();
        var client = client(server);
        var chat = NotesFixture.chat(client)) {
      assertThat(chat.receive()).isPresent();

      server.stop();

      assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .withMessageContaining("Notes/chat was cancelled: the server stops")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REMOTE))
          .satisfies(e -> assertThat(e.remoteCode()).isEqualTo(ErrorCode.STOPPED.number()));
    }
  }

  @Test
  void errorHandlerOfTheServerDecidesWhatClientsAreTold() throws Exception {
    try (var server =
            NotesFixture.server(
                    (in, out) -> {
                      throw new IllegalStateException("no");
                    })
                .errorHandler((call, e) -> new BusinessException(404, call.name() + e.getMessage()))
                .start();
        var client = client(server);
        var chat = NotesFixture.chat(client)) {
      assertThatExceptionOfType(BusinessException.class)
          .isThrownBy(chat::receive)
          .withMessage("404: Notes/chatno");
    }
  }

  private static Server serve(BiConsumer<StreamReceiver<Text>, StreamSender<Text>> handler)
      throws IOException {
    return NotesFixture.server(handler).start();
  }

  private static Client client(Server server) {
    return Client.to(NotesFixture.address(server));
  }
}
