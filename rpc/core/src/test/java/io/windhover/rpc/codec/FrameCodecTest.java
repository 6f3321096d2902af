package io.windhover.rpc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.fixture.BareFrame;
import io.windhover.rpc.fixture.BoxFrame;
import io.windhover.rpc.fixture.CompactPayload;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.LogRecorder;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Frames of others between our own client and server over loopback.
@Timeout(20)
final class FrameCodecTest {

  @RegisterExtension final ToClose toClose = new ToClose();

  enum Kinds {
    BOX(BoxFrame::new),
    BARE(BareFrame::new);

    final Supplier<FrameCodec> maker;

    Kinds(Supplier<FrameCodec> maker) {
      this.maker = maker;
    }
  }

  @ParameterizedTest
  @EnumSource
  void carriesCallsBesideWhatIsBuiltIn(Kinds kind) throws Exception {
    var server = serve(text -> text + "!");
    var client = client(server, kind.maker.get());
    var framed = toClose.keep(Client.to("127.0.0.1:" + server.port()));

    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi!");
    assertThat(EchoFixture.echo(client, "x".repeat(1 << 20))).hasSize((1 << 20) + 1);
    assertThat(EchoFixture.echo(framed, "hi")).isEqualTo("hi!");
    assertThat(client.openConnections()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void carriesPayloadsOfOtherCodecs(Kinds kind) throws Exception {
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .frameCodec(kind.maker.get())
                .payloadCodec(new CompactPayload())
                .service(EchoFixture.serve(text -> text + "!"))
                .start());
    var client =
        toClose.keep(
            Client.builder("127.0.0.1:" + server.port())
                .frameCodec(kind.maker.get())
                .payloadCodec(new CompactPayload())
                .build());

    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi!");
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoFixture.callUnknown(client))
        .returns(1, RpcException::remoteCode);
  }

  @Test
  void carriesWhatAHeaderTells() throws Exception {
    var server =
        serve(
            text -> {
              var call = Invocation.current().orElseThrow();
              call.replyMetadata().put("back", "there");
              var left = call.deadline().remainingNanos() < Duration.ofMinutes(1).toNanos();
              return call.metadata().get("tenant").orElse("none") + " " + left;
            });
    var client =
        toClose.keep(
            Client.builder("127.0.0.1:" + server.port())
                .frameCodec(new BoxFrame())
                .timeout(Duration.ofSeconds(30))
                .metadata(Metadata.of("tenant", "acme"))
                .build());
    var back = new ArrayList<Map<String, String>>();
    var caller = client.with(CallOptions.builder().onReplyMetadata(back::add).build());

    assertThat(EchoFixture.echo(caller, "hi")).isEqualTo("acme true");
    assertThat(back).containsExactly(Map.of("back", "there"));
  }

  @Test
  void carriesABusinessStatusIfThereIsAHeader() throws Exception {
    var server =
        serve(
            text -> {
              throw new BusinessException(404, "none", Map.of());
            });
    var box = client(server, new BoxFrame());
    var bare = client(server, new BareFrame());

    assertThatExceptionOfType(BusinessException.class)
        .isThrownBy(() -> EchoFixture.echo(box, "hi"))
        .returns(404, BusinessException::code);
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoFixture.echo(bare, "hi"))
        .withMessageContaining("business status 404, which bare cannot carry");
  }

  @Test
  void refusesWhatItHasNoRoomFor() {
    var builder =
        Client.builder("127.0.0.1:1")
            .frameCodec(new BareFrame())
            .metadata(Metadata.of("tenant", "acme"));
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("metadata: [tenant] with protocol bare");
    assertThatThrownBy(
            () -> Client.builder("127.0.0.1:1").frameCodec(new BoxFrame()).checksums(true).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("frameCodec: box with multiplexed, compression or checksums");
  }

  @Test
  void lendsItsConnectionToOneCallAtATime() throws Exception {
    var first = new CountDownLatch(1);
    var server =
        serve(
            text -> {
              if (text.equals("slow")) {
                first.countDown();
                await(new CountDownLatch(1));
              }
              return text;
            });
    var client =
        toClose.keep(
            Client.builder("127.0.0.1:" + server.port())
                .frameCodec(new BoxFrame())
                .timeout(Duration.ofMillis(300))
                .build());

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoFixture.echo(client, "slow"))
        .returns(Kind.TIMEOUT, RpcException::kind);
    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isHeldToTheLimits(Kinds kind) throws Exception {
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .maxMessageBytes(4096)
                .frameCodec(kind.maker.get())
                .service(EchoFixture.serve(text -> text.isEmpty() ? "x".repeat(5000) : text))
                .start());
    var large = client(server, kind.maker.get());
    var small =
        toClose.keep(
            Client.builder("127.0.0.1:" + server.port())
                .frameCodec(kind.maker.get())
                .maxMessageBytes(2048)
                .build());

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoFixture.echo(small, "x".repeat(3000)))
        .withMessageContaining("limit: maxMessageBytes 2048");
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoFixture.echo(large, "x".repeat(5000)))
        .returns(Kind.DISCONNECTED, RpcException::kind);
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoFixture.echo(large, ""))
        .withMessageContaining("limit: maxMessageBytes 4096");
  }

  @Test
  void holdsTheTextsOfAHeaderToTheirLimits() throws Exception {
    var server = serve(text -> text);
    var client =
        toClose.keep(
            Client.builder("127.0.0.1:" + server.port())
                .frameCodec(new BoxFrame())
                .metadata(Metadata.of("tenant", "x".repeat(20_000)))
                .build());

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoFixture.echo(client, "hi"))
        .returns(Kind.DISCONNECTED, RpcException::kind);
  }

  @Test
  void closesOnWhatIsNoFrame() throws Exception {
    var server = serve(text -> text);
    try (var peer = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      peer.getOutputStream()
          .write("BOX!\0\0\0\14\0\0\0\1\0\0\0\0none".getBytes(StandardCharsets.ISO_8859_1));

      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
  }

  /// What a codec of others may do wrong.
  enum Mistake {
    DETECT,
    FRAME_BYTES,
    FRAME_BYTES_NEGATIVE,
    FRAME_BYTES_CONSUMES,
    FRAME_BYTES_RELEASES,
    READ,
    READ_NULL,
    READ_RELEASES,
    WRITE,
    WRITE_RELEASES
  }

  /// Makes it once.
  private static final class Broken extends BoxFrame {
    private final Mistake mistake;
    private boolean armed;

    Broken(Mistake mistake) {
      this.mistake = mistake;
    }

    private synchronized boolean is(Mistake one) {
      boolean is = armed && mistake == one;
      armed &= !is;
      return is;
    }

    private void failIf(Mistake one) {
      if (is(one)) {
        throw new IllegalStateException("as asked for");
      }
    }

    @Override
    public Detection detect(LinkBuffer input) {
      failIf(Mistake.DETECT);
      return super.detect(input);
    }

    @Override
    public int frameBytes(LinkBuffer input) {
      failIf(Mistake.FRAME_BYTES);
      if (is(Mistake.FRAME_BYTES_CONSUMES)) {
        input.skip(1);
        return 0;
      }
      if (is(Mistake.FRAME_BYTES_RELEASES)) {
        input.release();
        return 0;
      }
      return is(Mistake.FRAME_BYTES_NEGATIVE) ? -1 : super.frameBytes(input);
    }

    @Override
    @SuppressWarnings("NullAway") // what is tested
    public FrameHeader read(LinkBuffer frame) {
      failIf(Mistake.READ);
      if (is(Mistake.READ_NULL)) {
        return null;
      }
      if (is(Mistake.READ_RELEASES)) {
        frame.release();
        return FrameHeader.NONE;
      }
      return super.read(frame);
    }

    @Override
    public void write(FrameHeader header, LinkBuffer payload, LinkBuffer out) {
      failIf(Mistake.WRITE);
      super.write(header, payload, out);
      if (is(Mistake.WRITE_RELEASES)) {
        out.release();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void costsAConnectionOfAServer(Mistake mistake) throws Exception {
    var broken = new Broken(mistake);
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .frameCodec(broken)
                .service(EchoFixture.serve(text -> text + "!"))
                .start());
    var other = client(server, new BoxFrame());
    var client = client(server, new BoxFrame());
    assertThat(EchoFixture.echo(other, "hi")).isEqualTo("hi!");
    broken.armed = true;

    try (var log = new LogRecorder("io.windhover.rpc", Level.FINE)) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> EchoFixture.echo(client, "hi"))
          .returns(Kind.DISCONNECTED, RpcException::kind);

      switch (mistake) {
        case DETECT -> assertThat(log.await("box failed in detect")).startsWith("WARNING ");
        case FRAME_BYTES_NEGATIVE -> // as a length on the wire may be
            assertThat(log.await("box: a frame of -1 bytes")).startsWith("FINE ");
        default -> assertThat(log.await("the connection from")).startsWith("WARNING ");
      }
    }
    assertThat(EchoFixture.echo(other, "hi")).isEqualTo("hi!");
    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi!");
  }

  @ParameterizedTest
  @EnumSource(names = {"FRAME_BYTES", "READ"})
  void fillsNoLogOfAServer(Mistake mistake) throws Exception {
    var broken = new Broken(mistake);
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .frameCodec(broken)
                .service(EchoFixture.serve(text -> text + "!"))
                .start());
    var client = client(server, new BoxFrame());

    try (var log = new LogRecorder("io.windhover.rpc.server")) {
      for (int i = 0; i < 100; i++) {
        broken.armed = true;
        assertThatExceptionOfType(RpcException.class)
            .isThrownBy(() -> EchoFixture.echo(client, "hi"));
      }

      assertThat(log.drain("WARNING")).hasSizeBetween(1, 20); // one a second
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DETECT")
  void costsACallOfAClient(Mistake mistake) throws Exception {
    var broken = new Broken(mistake);
    var server = serve(text -> text + "!");
    var client = client(server, broken);
    broken.armed = true;

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> EchoFixture.echo(client, "hi"))
        .withMessageContaining("frame codec box")
        .returns(Kind.PROTOCOL, RpcException::kind);
    assertThat(EchoFixture.echo(client, "hi")).isEqualTo("hi!");
  }

  /// Keeps all buffers that it is given, and writes to them later.
  private static final class Keeping extends BoxFrame {
    private final List<LinkBuffer> kept = new ArrayList<>();
    private int failures;

    @Override
    public synchronized FrameHeader read(LinkBuffer frame) {
      meddle();
      kept.add(frame);
      return super.read(frame);
    }

    private void meddle() {
      for (var buffer : kept) {
        try {
          buffer.writeUtf8("what does not belong here");
        } catch (IllegalStateException e) { // it is released
          failures++;
        }
      }
    }

    @Override
    public synchronized void write(FrameHeader header, LinkBuffer payload, LinkBuffer out) {
      meddle();
      super.write(header, payload, out);
      kept.addAll(Arrays.asList(payload, out));
    }
  }

  @Test
  void hasBuffersForTheTimeOfACallOnly() throws Exception {
    var keeping = new Keeping();
    var server =
        toClose.keep(
            Server.builder()
                .port(0)
                .frameCodec(keeping)
                .service(EchoFixture.serve(text -> text + "!"))
                .start());
    var client = client(server, new BoxFrame());

    for (int i = 0; i < 10; i++) {
      assertThat(EchoFixture.echo(client, "hi " + i)).isEqualTo("hi " + i + "!");
    }
    assertThat(client.openConnections()).isEqualTo(1);
    assertThat(keeping.failures).isPositive();
  }

  private Server serve(UnaryOperator<String> handler) throws IOException {
    return toClose.keep(
        Server.builder()
            .port(0)
            .frameCodec(new BoxFrame())
            .frameCodec(new BareFrame())
            .service(EchoFixture.serve(handler))
            .start());
  }

  private Client client(Server server, FrameCodec codec) {
    ClientBuilder builder = Client.builder("127.0.0.1:" + server.port());
    return toClose.keep(builder.frameCodec(codec).build());
  }
}
