package io.windhover.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.frame.Frame.Ping;
import io.windhover.http2.frame.Frame.WindowUpdate;
import io.windhover.http2.hpack.HeaderField;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a server puts off for a client that resets many of its streams.
final class PutOffTest implements StreamHandler, StreamListener {

  private static final HeaderField[] REQUEST = {
    new HeaderField(":method", "POST"),
    new HeaderField(":scheme", "http"),
    new HeaderField(":path", "/"),
    new HeaderField(":authority", "localhost")
  };

  private final List<String> events = new ArrayList<>();
  private final Http2Options options =
      Http2Options.builder().resetInterval(Duration.ofHours(1)).build(); // so none is long ago
  private final Http2Server server = new Http2Server(options, this);
  private final MemoryPeer peer = MemoryPeer.of(server);
  private int nextId = 1;
  private Runnable answer = () -> {}; // of the last stream

  @Override
  public void opened(Http2Stream stream, RequestHead head) {
    stream.listener(this);
    answer = () -> stream.sendHead(List.of(new HeaderField(":status", "200")), true);
    events.add((stream.putsOff() ? "put off " : "opened ") + stream.id());
  }

  @Override
  public void settled(Http2Stream stream) {
    events.add((stream.isOpen() ? "settled " : "given up ") + stream.id());
  }

  @Override
  public List<HeaderField> tooLargeHead() {
    throw new AssertionError("none is");
  }

  private int open() {
    int id = nextId;
    nextId += 2;
    peer.headers(id, false, REQUEST);
    return id;
  }

  private void resetMany() {
    for (int i = 0; i < 6; i++) {
      peer.reset(open());
    }
    events.clear();
  }

  @Test
  void putsNothingOffAsLongAsFewAreReset() {
    peer.together(
        () -> {
          for (int i = 0; i < 6; i++) {
            peer.reset(open());
          }
        });

    assertThat(events).hasSize(6).allMatch(event -> event.startsWith("opened"));
  }

  @Test
  void putsOffUntilAllIsReadThatHasCome() {
    resetMany();

    peer.together(
        () -> {
          int first = open();
          open();
          peer.reset(first);
          peer.send(new Ping(false, 0)::write);
        });

    assertThat(events).containsExactly("put off 13", "put off 15", "given up 13", "settled 15");
  }

  @Test
  void putsOffNothingThatComesLast() {
    resetMany();

    peer.together(
        () -> {
          open();
          open();
        });

    assertThat(events).containsExactly("put off 13", "opened 15", "settled 13");
  }

  @Test
  void putsNothingOffOnceOthersHaveEndedWell() {
    resetMany();
    peer.headers(nextId, true, REQUEST);
    nextId += 2;
    answer.run();
    events.clear();

    peer.together(
        () -> {
          open();
          open();
        });

    assertThat(events).containsExactly("opened 15", "opened 17");
  }

  @Test
  void settlesBeforeTheRestOfAFrameComes() {
    resetMany();
    var input = new LinkBuffer();
    peer.gather(input, this::open);
    input.writeByte(0);

    server.received(peer.connection, input.slice(server.frameBytes(peer.connection, input)));
    assertThat(events).containsExactly("put off 13");
    assertThat(server.frameBytes(peer.connection, input)).isZero();

    assertThat(events).containsExactly("put off 13", "settled 13");
    input.release();
  }

  @Test
  void settlesAfterAFaultOfAStream() {
    resetMany();

    peer.together(
        () -> {
          open();
          peer.send(new WindowUpdate(open(), Integer.MAX_VALUE)::write);
        });

    assertThat(events).containsExactly("put off 13", "put off 15", "settled 13", "given up 15");
  }

  @Test
  void settlesAfterAFaultOfTheConnection() {
    resetMany();

    peer.together(
        () -> {
          open();
          peer.send(new WindowUpdate(0, Integer.MAX_VALUE)::write);
        });

    assertThat(events).containsExactly("put off 13", "given up 13");
  }

  @Test
  void settlesWhenTheConnectionIsLost() {
    resetMany();
    var input = new LinkBuffer();
    peer.gather(input, this::open);
    input.writeByte(0);
    server.received(peer.connection, input.slice(server.frameBytes(peer.connection, input)));

    peer.close();

    assertThat(events).containsExactly("put off 13", "given up 13");
    input.release();
  }
}
