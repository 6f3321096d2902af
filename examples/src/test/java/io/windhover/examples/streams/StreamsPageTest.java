package io.windhover.examples.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.client.Client;
import io.windhover.rpc.server.Server;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the guide to streams shows does what it says.
@Timeout(30)
final class StreamsPageTest {

  private static final List<Note> NOTES =
      List.of(
          new Note().text("buy tea"), new Note().text("sleep"), new Note().text("drink the tea"));

  private Server server;
  private final LongAdder received = new LongAdder();
  private Client client;

  @BeforeEach
  void start() throws Exception {
    server = StreamsPage.serve(0);
    client = StreamsPage.counting("127.0.0.1:" + server.port(), received);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void keepsAndFindsNotes() {
    assertThat(StreamsPage.upload(client, NOTES)).isEqualTo(3);
    assertThat(Notes.on(client).count()).isEqualTo(3);

    try (var found = Notes.on(client).find(new Pattern().word("tea"))) {
      assertThat(found.header().get("notes")).contains("3");
      assertThat(found).containsExactly(NOTES.getFirst(), NOTES.getLast());
    }
    assertThat(received.sum()).as("the summary and two notes").isEqualTo(3);
  }

  @Test
  void chats() {
    try (var chat = Notes.on(client).chat()) {
      chat.send(new Note().text("hello"));
      assertThat(chat.receive()).contains(new Note().text("you said: hello"));
      chat.end();
      assertThat(chat.receive()).isEmpty();
      assertThat(chat.trailer().get("mood")).contains("good");
    }
  }

  @Test
  void allOfThePageRuns() {
    StreamsPage.upload(client, NOTES);
    received.reset();

    StreamsPage.find(Notes.on(client));
    StreamsPage.chat(Notes.on(client));
    StreamsPage.patience(client);

    assertThat(received.sum()).isEqualTo(2 + 1 + 1);
  }
}
