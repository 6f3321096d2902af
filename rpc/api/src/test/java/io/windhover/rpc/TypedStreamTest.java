package io.windhover.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/// The views of streams that generated code gives to users.
final class TypedStreamTest {

  private static final Method<String> COUNT =
      new Method<>("count", Method.Kind.SERVER_STREAM, "codec");
  private static final Method<String> CHAT = new Method<>("chat", Method.Kind.BIDI_STREAM, "codec");

  /// Gives what it was made with, and records what is done to it.
  private static final class Scripted implements MessageStream {
    private final Queue<Object> incoming;
    private final List<Object> events = new ArrayList<>();
    private final ReplyMetadata header = new ReplyMetadata();
    private final ReplyMetadata trailer = new ReplyMetadata();
    private boolean failsToSend;

    Scripted(Object... incoming) {
      this.incoming = new ArrayDeque<>(List.of(incoming));
    }

    @Override
    public ReplyMetadata header() {
      return header;
    }

    @Override
    public ReplyMetadata trailer() {
      return trailer;
    }

    @Override
    public void send(Object message) {
      if (failsToSend) {
        throw new IllegalStateException("cannot send");
      }
      events.add(message);
    }

    @Override
    public void end() {
      events.add("end");
    }

    @Override
    public Optional<Object> receive() {
      return Optional.ofNullable(incoming.poll());
    }

    @Override
    public Optional<Object> receive(Duration timeout) {
      events.add(timeout);
      return receive();
    }

    @Override
    public void cancel() {
      events.add("cancel");
    }
  }

  @Test
  void serverStreamSendsItsRequestAndEnds() {
    var stream = new Scripted(1, 2, 3);

    StreamReceiver<Integer> received = Streams.serverStream(stream, "request");

    assertThat(stream.events).containsExactly("request", "end");
    assertThat(received).containsExactly(1, 2, 3);
  }

  @Test
  void serverStreamThatCannotSendIsGivenUp() {
    var stream = new Scripted();
    stream.failsToSend = true;

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Streams.serverStream(stream, "request"));
    assertThat(stream.events).containsExactly("cancel");
  }

  @Test
  void iteratorWaitsOnceForEachMessage() {
    BidiStream<String, Integer> stream = Streams.bidiStream(new Scripted(1, 2));
    var iterator = stream.iterator();

    assertThat(iterator.hasNext()).isTrue();
    assertThat(iterator.hasNext()).isTrue();
    assertThat(iterator.next()).isEqualTo(1);
    assertThat(iterator.next()).isEqualTo(2);
    assertThat(iterator.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
  }

  @Test
  void passesOnTimeoutsMetadataAndTheEnds() {
    var stream = new Scripted(1);
    BidiStream<String, Integer> typed = Streams.bidiStream(stream);

    assertThat(typed.receive(Duration.ofSeconds(2))).contains(1);
    typed.send("a");
    typed.end();
    typed.close();

    assertThat(stream.events).containsExactly(Duration.ofSeconds(2), "a", "end", "cancel");
    assertThat(typed.header()).isSameAs(stream.header);
    assertThat(typed.trailer()).isSameAs(stream.trailer);
  }

  @Test
  @SuppressWarnings("NullAway") // not all code is checked
  void nullIsRefusedByName() {
    BidiStream<String, Integer> stream = Streams.bidiStream(new Scripted());

    assertThatNullPointerException().isThrownBy(() -> stream.send(null)).withMessage("message");
    assertThatNullPointerException()
        .isThrownBy(() -> Streams.serverStream(new Scripted(), null))
        .withMessage("request");
  }

  @Test
  void clientStreamEndsBeforeItsReply() {
    var stream = new Scripted("reply");
    ClientStream<String, String> typed = Streams.clientStream(stream);
    typed.send("a");

    assertThat(typed.finish()).isEqualTo("reply");
    assertThat(stream.events).containsExactly("a", "end");
  }

  @Test
  void clientStreamNeedsOneReply() {
    ClientStream<String, String> none = Streams.clientStream(new Scripted());
    var stream = new Scripted("one", "two");
    ClientStream<String, String> two = Streams.clientStream(stream);

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(none::finish)
        .withMessageContaining("without a reply")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(RpcException.Kind.PROTOCOL));
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(two::finish)
        .withMessageContaining("a second reply");
    assertThat(stream.events).containsExactly("end", "cancel");
  }

  @Test
  void handlerOfAServerStreamNeedsARequest() {
    var operation = StreamOperation.<String, Integer>serverStream(COUNT, (request, out) -> {});

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> operation.endpoint().serve(invocation(), new Scripted()))
        .withMessageContaining("the client sent no request");
  }

  @Test
  void handlersGetTheirStreams() {
    var count = new Scripted(3);
    StreamOperation.<Integer, Integer>serverStream(
            COUNT,
            (limit, out) -> {
              for (int i = 0; i < limit; i++) {
                out.send(i);
              }
            })
        .endpoint()
        .serve(invocation(), count);
    var chat = new Scripted("a", "b");
    StreamOperation.<String, String>bidiStream(CHAT, (in, out) -> in.forEach(out::send))
        .endpoint()
        .serve(invocation(), chat);

    assertThat(count.events).containsExactly(0, 1, 2);
    assertThat(chat.events).containsExactly("a", "b");
  }

  @Test
  void operationIsOfStreams() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new StreamOperation(
                    new Method<>("echo", false, "codec"), (invocation, stream) -> {}))
        .withMessage("method echo: UNARY (expected: a kind of streams)");
  }

  @Test
  void firstMiddlewareSeesAStreamFirst() {
    var seen = new ArrayList<String>();
    var chain =
        StreamMiddleware.chain(
            List.of(recording("a", seen), recording("b", seen)),
            (StreamOpener) invocation -> new Scripted(1));

    assertThat(chain.open(invocation()).receive()).contains("1ba");
    assertThat(seen).containsExactly("a", "b");
  }

  private static StreamMiddleware recording(String name, List<String> seen) {
    return new StreamMiddleware() {
      @Override
      public StreamOpener opening(StreamOpener next) {
        return invocation -> {
          seen.add(name);
          return new ForwardingStream(next.open(invocation)) {
            @Override
            protected Object received(Object message) {
              return message + name;
            }
          };
        };
      }
    };
  }

  private static Invocation invocation() {
    return new Invocation(
        "Notes",
        COUNT,
        Deadline.after(Duration.ofSeconds(1)),
        InetSocketAddress.createUnresolved("server", 1));
  }
}
