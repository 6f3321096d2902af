package io.windhover.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.netpoll.Backend;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.PollerGroup;
import io.windhover.netpoll.PollerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Our client against our server, on each back end, plain and with TLS.
@Timeout(120)
final class EndToEndTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static SelfSigned identity;

  record World(Backend backend, boolean tls) {}

  static Stream<World> worlds() {
    return Stream.of(
        new World(Backend.NIO, false),
        new World(Backend.EPOLL, false),
        new World(Backend.NIO, true),
        new World(Backend.EPOLL, true));
  }

  private @Nullable ServerFixture started;
  private @Nullable PollerGroup group;
  private final Http2Client client = new Http2Client(Http2Options.DEFAULT);

  @BeforeAll
  static void makeCertificate() throws Exception {
    identity = SelfSigned.make(folder);
  }

  private ServerFixture begin(World world) throws IOException {
    assumeTrue(world.backend.isAvailable(), "the back end is of this system");
    var server =
        new ServerFixture(
            world.backend,
            Http2Options.DEFAULT,
            world.tls ? identity.server() : ConnectionOptions.DEFAULT);
    started = server;
    var pollers = PollerGroup.start(PollerOptions.builder().backend(world.backend).build());
    group = pollers;
    var address = new InetSocketAddress("localhost", server.address().getPort());
    pollers.dial(address, LIMIT, world.tls ? identity.client() : ConnectionOptions.DEFAULT, client);
    return server;
  }

  @AfterEach
  void stop() {
    if (group != null) {
      group.close();
    }
    if (started != null) {
      started.close();
    }
  }

  private static List<HeaderField> request(String path) {
    return new RequestHead("POST", "http", "localhost", path, List.of()).toFields();
  }

  private String call(String path, String body) throws Exception {
    var data = LinkBuffer.wrap(body.getBytes(ISO_8859_1));
    try (var stream = client.request(request(path), data, null, LIMIT)) {
      var status = stream.response(LIMIT).status();
      return status + " " + text(stream) + " " + stream.trailers();
    }
  }

  private static String text(Http2Stream stream) throws Exception {
    try (var all = ServerFixture.readAll(stream)) {
      byte[] bytes = new byte[all.size()];
      all.readBytes(bytes, 0, bytes.length);
      return new String(bytes, ISO_8859_1);
    }
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void callsAtOnceFromManyThreads(World world) throws Exception {
    begin(world);
    var tasks = new ArrayList<FutureTask<Boolean>>();
    for (int i = 0; i < 64; i++) {
      int number = i;
      tasks.add(new FutureTask<>(() -> callsWell(number)));
    }
    tasks.forEach(Thread.ofVirtual()::start);

    for (var task : tasks) {
      assertThat(task.get(60, TimeUnit.SECONDS)).isTrue();
    }
    ClientFixture.awaitNoStreams(client);
  }

  private boolean callsWell(int number) throws Exception {
    var path = number % 2 == 0 ? "/echo" : "/event";
    for (int i = 0; i < 50; i++) {
      var body = "x".repeat(i * 7) + number;
      assertThat(call(path, body)).isEqualTo("200 " + body + " [x-end: well]");
    }
    return true;
  }

  /// More than all windows, in both directions at once.
  @ParameterizedTest
  @MethodSource("worlds")
  void carriesLargeBodiesBothWays(World world) throws Exception {
    begin(world);
    byte[] body = new byte[12 << 20];
    new Random(1).nextBytes(body);

    try (var stream = client.open(request("/pieces"), false, null, LIMIT)) {
      var writing =
          new FutureTask<>(
              () -> {
                for (int at = 0; at < body.length; at += 100_000) {
                  int end = Math.min(body.length, at + 100_000);
                  stream.write(
                      LinkBuffer.wrap(Arrays.copyOfRange(body, at, end)),
                      end == body.length,
                      LIMIT);
                }
                return true;
              });
      Thread.ofVirtual().start(writing);
      try (var all = ServerFixture.readAll(stream)) {
        byte[] back = new byte[all.size()];
        all.readBytes(back, 0, back.length);
        assertThat(Arrays.equals(back, body)).isTrue();
      }
      assertThat(writing.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void cancelsAtRandomPoints(World world) throws Exception {
    var server = begin(world);
    var random = new Random(2);
    for (int i = 0; i < 300; i++) {
      try (var stream = client.open(request("/pieces"), false, null, LIMIT)) {
        if (random.nextBoolean()) {
          stream.send(LinkBuffer.wrap(new byte[random.nextInt(200_000)]), random.nextBoolean());
        }
        if (random.nextInt(4) == 0) {
          assertThat(stream.response(LIMIT).status()).isEqualTo(200);
        }
      }
      if (i % 3 != 0) { // a client that only cancels is an attacker
        assertThat(call("/echo", "x")).isEqualTo("200 x [x-end: well]");
      }
    }

    ServerFixture.until("nothing runs", () -> server.running.get() == 0);
    assertThat(call("/echo", "x")).isEqualTo("200 x [x-end: well]");
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void drainsFromTheServerWithoutLosingACall(World world) throws Exception {
    var server = begin(world);
    var late = new FutureTask<>(() -> call("/hang", ""));
    Thread.ofVirtual().start(late);
    ServerFixture.until("it runs", () -> server.running.get() == 1);

    server.connections.getFirst().drain();
    ServerFixture.until("the client knows", () -> !client.takesStreams());
    server.free();

    assertThat(late.get(10, TimeUnit.SECONDS)).isEqualTo("200 late []");
    ServerFixture.until("closed", () -> server.group.openConnections() == 0);
  }
}
