package io.windhover.rpc.grpc;

import static io.windhover.rpc.grpc.ScriptedServer.ENDED_WELL;
import static io.windhover.rpc.grpc.ScriptedServer.LIMIT;
import static io.windhover.rpc.grpc.ScriptedServer.OK;
import static io.windhover.rpc.grpc.ScriptedServer.data;
import static io.windhover.rpc.grpc.ScriptedServer.message;
import static io.windhover.rpc.grpc.ScriptedServer.request;
import static io.windhover.rpc.grpc.ScriptedServer.with;
import static io.windhover.rpc.grpc.Words.ECHO;
import static io.windhover.rpc.grpc.Words.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.testing.LeakCheck;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.thrift.ObjectBudget;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What goes wrong in the code of one call costs that alone: another call goes on meanwhile on the
/// same connection.
@Timeout(30)
final class GrpcClientMistakesTest {

  private static final String SERVICE = "test.Words";

  private final LeakCheck leaks = LeakCheck.begin();
  private final CountDownLatch free = new CountDownLatch(1);
  private final ScriptedServer server = server();
  private final Client client =
      Client.builder("localhost:" + server.port())
          .transport(
              GrpcClientTransport.create(
                  GrpcClientOptions.DEFAULT.withCompression(
                      (_, message) -> {
                        if (message.equals("policy")) {
                          throw new ClassCastException("on purpose");
                        }
                        return false;
                      })))
          .timeout(Duration.ofSeconds(20))
          .streamConnections(1)
          .build();
  private final FutureTask<Object> other =
      new FutureTask<>(() -> client.call(SERVICE, ECHO, "another call"));

  private ScriptedServer server() {
    try {
      return new ScriptedServer(
          (stream, _) -> {
            var text = request(stream);
            if (text.equals("another call")) {
              free.await();
            }
            var end = text.equals("odd trailers") ? with(ENDED_WELL, "x-bin", ",") : ENDED_WELL;
            stream.respond(OK, data(message(text)), end);
          });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void callElsewhere() throws InterruptedException {
    Thread.ofVirtual().start(other);
    assertThat(server.heads.poll(10, TimeUnit.SECONDS)).isNotNull();
  }

  @AfterEach
  void goesOnElsewhere() throws Exception {
    free.countDown();
    assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("another call");
    assertThat(server.connections).hasSize(1);
    client.close();
    server.close();
    leaks.end(LIMIT);
  }

  /// A codec that throws what it is told; only of requests if `reads` is false.
  private static Method<?> failing(Method.Kind kind, Throwable failure, boolean reads) {
    var codec =
        new MessageCodec<Object>() {
          @Override
          public Object read(LinkBuffer in, ObjectBudget objects) {
            throw thrown(failure);
          }

          @Override
          public void write(Object message, LinkBuffer out) {
            TEXT.write(message, out);
            if (!reads) {
              throw thrown(failure);
            }
          }
        };
    return new Method<>("Echo", kind, new MessageCall<>(codec, reads ? codec : TEXT));
  }

  private static RuntimeException thrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }

  @SuppressWarnings("NullAway") // null is one of the mistakes
  private void fails(Method<?> method, @Nullable Object request, String what) {
    var failure =
        catchThrowableOfType(RpcException.class, () -> client.call(SERVICE, method, request));

    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(failure).hasMessageContaining(what);
  }

  @Test
  void aCodecThatFailsToWrite() {
    fails(
        failing(Method.Kind.UNARY, new IllegalStateException("on purpose"), false),
        "hi",
        "the request cannot be written: java.lang.IllegalStateException: on purpose");
  }

  @Test
  void aMessageThatIsTooDeep() {
    fails(
        failing(Method.Kind.UNARY, new StackOverflowError(), false),
        "hi",
        "the request cannot be written: java.lang.StackOverflowError");
  }

  @Test
  void anArgumentOfAnotherType() {
    fails(ECHO, 7, "the request cannot be written: java.lang.ClassCastException");
  }

  @Test
  void aPolicyThatFails() {
    fails(
        ECHO, "policy", "the request cannot be written: java.lang.ClassCastException: on purpose");
  }

  @Test
  void aNameThatIsNone() {
    fails(
        new Method<>("E\ncho", false, ECHO.codec()), "hi", "the request cannot be written: :path");
  }

  @Test
  void aNameBeyondOctets() {
    fails(
        new Method<>("Echo\u4e16", false, ECHO.codec()),
        "hi",
        "the request cannot be written: :path");

    var failure =
        catchThrowableOfType(
            RpcException.class, () -> client.call("W\u00f6rter\u4e16", ECHO, "hi"));
    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(failure).hasMessageContaining("the request cannot be written: :path");
  }

  @Test
  void aCodecThatFailsToRead() {
    fails(
        failing(Method.Kind.UNARY, new IllegalStateException("on purpose"), true),
        "hi",
        "the reply cannot be read: the codec failed: java.lang.IllegalStateException: on purpose");
  }

  @Test
  void aReplyWithMetadataOfNoValues() {
    assertThat(client.call(SERVICE, ECHO, "odd trailers")).isEqualTo("odd trailers");
  }

  @Test
  void aCodecThatFailsToReadAMessageOfAStream() throws Exception {
    var cause = new IllegalStateException("on purpose");
    var stream = client.open(SERVICE, failing(Method.Kind.BIDI_STREAM, cause, true));
    stream.send("hi");
    stream.end();

    var failure = catchThrowableOfType(RpcException.class, stream::receive);

    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(failure)
        .hasMessageContaining("the reply cannot be read: the codec failed")
        .hasRootCause(cause);
  }
}
