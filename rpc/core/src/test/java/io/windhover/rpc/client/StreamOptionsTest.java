package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.fixture.NotesFixture;
import io.windhover.rpc.fixture.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What options of calls do for streams.
@Timeout(20)
final class StreamOptionsTest {

  @Test
  void metadataTravelsWithStreamsWhateverTheProtocolOfCalls() throws Exception {
    var metadata = CallOptions.builder().metadata(Metadata.of("who", "me")).build();
    var more = CallOptions.builder().metadata(Metadata.of("when", "now")).build();
    try (var server =
            NotesFixture.server(
                    (in, out) -> {
                      var values = Invocation.current().orElseThrow().metadata();
                      out.send(
                          new Text(
                              values.get("who").orElseThrow() + values.get("when").orElseThrow()));
                    })
                .start();
        var client =
            Client.builder(NotesFixture.address(server))
                .protocol(Protocol.FRAMED)
                .method("Notes", "chat", metadata)
                .build();
        var chat = NotesFixture.chat(client.with(more))) {
      assertThat(chat.receive()).contains(new Text("menow"));
    }
  }

  @Test
  void tellsOnceWhatTheTrailerHas() throws Exception {
    var told = new ArrayList<Map<String, String>>();
    try (var server =
            NotesFixture.server(
                    (in, out) -> {
                      out.send(new Text("one"));
                      out.trailer().put("notes", "1");
                    })
                .start();
        var client = Client.to(NotesFixture.address(server));
        var chat = NotesFixture.chat(client.with(telling(told)))) {
      assertThat(chat.receive()).isPresent();
      assertThat(told).isEmpty();

      assertThat(chat.receive()).isEmpty();
      assertThat(chat.receive()).isEmpty();

      assertThat(told).containsExactly(Map.of("notes", "1"));
    }
  }

  @Test
  void tellsWhatComesWithABusinessStatus() throws Exception {
    var told = new ArrayList<Map<String, String>>();
    try (var server =
            NotesFixture.server(
                    (in, out) -> {
                      out.trailer().put("cost", "7");
                      throw new BusinessException(404, "no");
                    })
                .start();
        var client = Client.to(NotesFixture.address(server));
        var chat = NotesFixture.chat(client.with(telling(told)))) {
      assertThatThrownBy(chat::receive).isInstanceOf(BusinessException.class);

      assertThat(told).containsExactly(Map.of("cost", "7"));
    }
  }

  @Test
  void tellsNothingOfAStreamThatIsClosed() throws Exception {
    var told = new ArrayList<Map<String, String>>();
    try (var server = NotesFixture.server(NotesFixture::echo).start();
        var client = Client.to(NotesFixture.address(server))) {
      NotesFixture.chat(client.with(telling(told))).close();
    }

    assertThat(told).isEmpty();
  }

  private static CallOptions telling(List<Map<String, String>> told) {
    return CallOptions.builder().onReplyMetadata(told::add).build();
  }
}
