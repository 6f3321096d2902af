package io.windhover.rpc.client;

import static io.windhover.rpc.fixture.LocalAddress.closedPort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.RpcException;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.fixture.EventRecorder;
import io.windhover.rpc.fixture.NotesFixture;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What listeners of a client and a server are told of streams.
@Timeout(20)
final class StreamListenerTest {

  private final EventRecorder onClient = new EventRecorder();
  private final EventRecorder onServer = new EventRecorder();
  @RegisterExtension final ToClose toClose = new ToClose();

  @Test
  void areToldOfEachMessage() throws Exception {
    try (var chat = NotesFixture.chat(client(serve(NotesFixture::echo)))) {
      chat.send(new Text("hi"));
      assertThat(chat.receive()).isPresent();
      chat.end();
      assertThat(chat.receive()).isEmpty();
    }

    assertThat(onClient.events(6))
        .containsExactly(
            "started Notes/chat",
            "attempting",
            "connected",
            "sent 44",
            "received 44",
            "ended null");
    assertThat(onServer.events(6))
        .containsExactly(
            "started Notes/chat",
            "handling",
            "received 44",
            "sent 44",
            "handled null",
            "ended null");
  }

  @Test
  void areToldThatAHandlerFailed() throws Exception {
    var server =
        serve(
            (in, out) -> {
              throw new IllegalStateException("no");
            });
    try (var chat = NotesFixture.chat(client(server))) {
      assertThatThrownBy(chat::receive).isInstanceOf(RpcException.class);
    }

    assertThat(onClient.events(4)).endsWith("ended RpcException");
    assertThat(onServer.events(4))
        .endsWith("handled ApplicationException", "ended ApplicationException");
  }

  @Test
  void areToldThatTheClientCloses() throws Exception {
    var chat = NotesFixture.chat(client(serve(NotesFixture::echo)));
    chat.send(new Text("hi"));
    assertThat(chat.receive()).isPresent();

    chat.close();
    chat.close();

    assertThat(onClient.events(6)).endsWith("ended RpcException");
    assertThat(onServer.events(6))
        .endsWith("handled ApplicationException", "ended ApplicationException");
    assertThat(onClient.isEmpty()).isTrue();
  }

  @Test
  void areNotToldOfAnEndWhileTheStreamGoesOn() throws Exception {
    try (var chat = NotesFixture.chat(client(serve(NotesFixture::echo)))) {
      assertThatThrownBy(() -> chat.receive(Duration.ofMillis(1)))
          .hasMessageContaining("the stream goes on");
      chat.send(new Text("hi"));
      assertThat(chat.receive()).isPresent();
    }

    assertThat(onClient.events(6))
        .containsExactly(
            "started Notes/chat",
            "attempting",
            "connected",
            "sent 44",
            "received 44",
            "ended RpcException");
  }

  @Test
  void areToldThatNobodyListens() throws Exception {
    var client = toClose.keep(Client.builder(closedPort()).listener(onClient).build());

    assertThatThrownBy(() -> NotesFixture.chat(client)).isInstanceOf(RpcException.class);

    assertThat(onClient.events(3))
        .containsExactly("started Notes/chat", "attempting", "ended RpcException");
  }

  private Server serve(BiConsumer<StreamReceiver<Text>, StreamSender<Text>> handler)
      throws IOException {
    return toClose.keep(NotesFixture.server(handler).listener(onServer).start());
  }

  private Client client(Server server) {
    return toClose.keep(Client.builder(NotesFixture.address(server)).listener(onClient).build());
  }
}
