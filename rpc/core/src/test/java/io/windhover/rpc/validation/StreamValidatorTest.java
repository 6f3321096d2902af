package io.windhover.rpc.validation;

import static io.windhover.rpc.fixture.LocalAddress.anyPort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamEndpoint;
import io.windhover.rpc.StreamOperation;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.fixture.TestCall;
import io.windhover.rpc.server.Server;
import io.windhover.rpc.server.ServerBuilder;
import io.windhover.rpc.validation.ValidatorTest.Ruled;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.thrift.call.CallCodec;
import io.windhover.thrift.validation.ValidationException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Streams of texts that must not be longer than five characters.
@Timeout(20)
final class StreamValidatorTest {

  private static final Method<CallCodec> CHAT =
      new Method<>("chat", Method.Kind.BIDI_STREAM, new TestCall<>(Ruled.CODEC));

  private final LinkedBlockingQueue<Object> handled = new LinkedBlockingQueue<>();

  private void echo(MessageStream stream) {
    for (var next = stream.receive(); next.isPresent(); next = stream.receive()) {
      handled.add(next.get());
      stream.send(next.get());
    }
  }

  @Test
  void aServerEndsAStreamWithABadMessage() throws Exception {
    try (var server =
            server((_, stream) -> echo(stream)).streamMiddleware(Validator.ofServer()).start();
        var client = client(server).build()) {
      var chat = client.open("Notes", CHAT);
      chat.send(new Ruled("short"));
      assertThat(chat.receive()).contains(new Ruled("short"));

      chat.send(new Ruled("too long"));

      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(chat::receive)
          .withMessageContaining(
              "error 1938274400: bad message: text needs at most 5 characters, has 8"
                  + " (vt.max_rune_size)")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
          .satisfies(e -> assertThat(e.remoteCode()).isEqualTo(ErrorCode.INVALID_REQUEST.number()));
      assertThat(handled).containsExactly(new Ruled("short"));
    }
  }

  @Test
  void aHandlerMayGoOnAfterABadMessage() throws Exception {
    StreamEndpoint patient =
        (_, stream) -> {
          try {
            stream.receive();
          } catch (RpcException e) {
            stream.send(new Ruled(e.kind() == Kind.INVALID ? "again" : "?"));
          }
          echo(stream);
        };
    try (var server = server(patient).streamMiddleware(Validator.ofServer()).start();
        var client = client(server).build()) {
      var chat = client.open("Notes", CHAT);
      chat.send(new Ruled("too long"));
      assertThat(chat.receive()).contains(new Ruled("again"));

      chat.send(new Ruled("short"));
      assertThat(chat.receive()).contains(new Ruled("short"));
      chat.cancel();
    }
  }

  @Test
  void aClientSendsNoBadMessage() throws Exception {
    try (var server = server((_, stream) -> echo(stream)).start();
        var client = client(server).streamMiddleware(Validator.ofClient()).build()) {
      var chat = client.open("Notes", CHAT);

      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> chat.send(new Ruled("too long")))
          .withMessageContaining("bad message, not sent: text needs at most 5 characters")
          .withCauseInstanceOf(ValidationException.class)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
      chat.send(new Ruled("short"));
      assertThat(chat.receive()).contains(new Ruled("short"));
      chat.cancel();
    }
  }

  @Test
  void aClientChecksWhatItReceivesIfItIsTo() throws Exception {
    StreamEndpoint careless = (_, stream) -> stream.send(new Ruled("too long"));
    try (var server = server(careless).start();
        var strict = client(server).streamMiddleware(Validator.ofClient().withReplies()).build();
        var lenient = client(server).streamMiddleware(Validator.ofClient()).build()) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(strict.open("Notes", CHAT)::receive)
          .withMessageContaining("bad message: text needs at most 5 characters")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
      assertThat(lenient.open("Notes", CHAT).receive()).contains(new Ruled("too long"));
    }
  }

  @Test
  void aServerChecksWhatItSendsIfItIsTo() throws Exception {
    StreamEndpoint careless = (_, stream) -> stream.send(new Ruled("too long"));
    try (var server =
            server(careless).streamMiddleware(Validator.ofServer().withReplies()).start();
        var client = client(server).build()) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(client.open("Notes", CHAT)::receive)
          .withMessageContaining("Notes/chat failed in its handler, error id ")
          .withMessageNotContaining("5 characters")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REMOTE));
    }
  }

  private static ServerBuilder server(StreamEndpoint endpoint) {
    return Server.builder()
        .address(anyPort())
        .service(new Service("Notes", List.of(), List.of(new StreamOperation(CHAT, endpoint))));
  }

  private static ClientBuilder client(Server server) {
    return Client.builder("127.0.0.1:" + server.port());
  }
}
