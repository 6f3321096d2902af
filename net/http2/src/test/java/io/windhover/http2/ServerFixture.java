package io.windhover.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.netpoll.Backend;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.Listener;
import io.windhover.netpoll.PollerGroup;
import io.windhover.netpoll.PollerOptions;
import io.windhover.netpoll.testing.LeakCheck;
import io.windhover.netpoll.testing.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A server on a real socket, with handlers of every kind, and the proof that it leaves nothing
/// behind. What its requests do is in their path:
///
/// - `/echo` reads and answers with the same, on a thread;
/// - `/event` does so without one, when all is there;
/// - `/pieces` answers each piece as it comes;
/// - `/big` answers with 1 MiB;
/// - `/hang` answers once it is [freed][#free];
/// - `/ignore` never reads, and answers once it is freed;
/// - `/fail` throws.
final class ServerFixture implements StreamHandler, AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(10);
  static final int BIG_BYTES = 1 << 20;

  private static final List<HeaderField> OK = List.of(new HeaderField(":status", "200"));
  private static final List<HeaderField> TRAILERS = List.of(new HeaderField("x-end", "well"));

  private final LeakCheck leaks = LeakCheck.begin();
  final ManualClock clock = new ManualClock();
  final PollerGroup group;
  private final Listener listener;
  final CountDownLatch free = new CountDownLatch(1);
  final List<Http2Server> connections = new CopyOnWriteArrayList<>();
  final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
  final AtomicInteger running = new AtomicInteger();
  final AtomicInteger mostRunning = new AtomicInteger();
  final AtomicInteger opened = new AtomicInteger();

  ServerFixture(Http2Options options) throws IOException {
    this(Backend.NIO, options, ConnectionOptions.DEFAULT);
  }

  ServerFixture(Backend backend, Http2Options options, ConnectionOptions connectionOptions)
      throws IOException {
    group =
        PollerGroup.start(
            PollerOptions.builder()
                .backend(backend)
                .sweepInterval(Duration.ofMillis(10))
                .nanoClock(clock)
                .build());
    listener =
        group.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            connectionOptions,
            () -> {
              var server = new Http2Server(options, this);
              connections.add(server);
              return server;
            });
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.address();
  }

  RawPeer connect() throws IOException {
    return RawPeer.connect(address()).greet();
  }

  void free() {
    free.countDown();
  }

  @Override
  public void opened(Http2Stream stream, RequestHead head) {
    opened.incrementAndGet();
    switch (head.path()) {
      case "/event" -> onEvents(stream);
      case "/fail" -> throw new IllegalStateException("on purpose");
      default -> {
        stream.listener(
            new StreamListener() {
              @Override
              public void failed(Http2Stream failed, StreamException cause) {
                events.add(head.path() + " " + cause.reason() + " " + cause.code());
              }
            });
        stream.start("windhover-test-stream", () -> run(stream, head));
      }
    }
  }

  private void run(Http2Stream stream, RequestHead head) {
    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      serve(stream, head);
    } catch (StreamException e) {
      events.add(head.path() + " threw " + e.reason());
    } catch (InterruptedException | TimeoutException e) {
      events.add(head.path() + " threw " + e);
    } finally {
      running.decrementAndGet();
    }
  }

  private void serve(Http2Stream stream, RequestHead head)
      throws InterruptedException, TimeoutException {
    switch (head.path()) {
      case "/echo" -> stream.respond(OK, readAll(stream), TRAILERS);
      case "/pieces" -> {
        stream.sendHead(OK, false);
        for (var piece = stream.read(LIMIT); piece != null; piece = stream.read(LIMIT)) {
          stream.write(piece, false, LIMIT);
        }
        stream.sendTrailers(TRAILERS);
      }
      case "/big" -> {
        readAll(stream).release();
        stream.sendHead(OK, false);
        stream.write(LinkBuffer.wrap(new byte[BIG_BYTES]), false, LIMIT);
        stream.sendTrailers(TRAILERS);
      }
      case "/hang" -> {
        assertThat(free.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        stream.respond(OK, LinkBuffer.wrap("late".getBytes(ISO_8859_1)), List.of());
      }
      case "/ignore" -> {
        assertThat(free.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        stream.sendHead(OK, true);
      }
      default -> stream.sendHead(List.of(new HeaderField(":status", "404")), true);
    }
  }

  static LinkBuffer readAll(Http2Stream stream) throws InterruptedException, TimeoutException {
    var all = new LinkBuffer();
    boolean whole = false;
    try {
      for (var piece = stream.read(LIMIT); piece != null; piece = stream.read(LIMIT)) {
        all.append(piece);
      }
      whole = true;
      return all;
    } finally {
      if (!whole) {
        all.release();
      }
    }
  }

  private static void onEvents(Http2Stream stream) {
    var all = new LinkBuffer();
    var listener =
        new StreamListener() {
          @Override
          public void readable(Http2Stream readable) {
            var piece = readable.poll();
            if (piece != null) {
              all.append(piece);
            }
            if (readable.isInputDone()) {
              readable.respond(OK, all, TRAILERS);
            }
          }

          @Override
          public void failed(Http2Stream failed, StreamException cause) {
            all.release();
          }
        };
    stream.listener(listener);
    if (stream.isInputDone()) {
      listener.readable(stream);
    }
  }

  static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as(what).isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }

  /// Stops the server; nothing runs and nothing is held then.
  @Override
  public void close() {
    free();
    listener.close();
    group.close();
    until("no handler runs", () -> running.get() == 0);
    leaks.end(LIMIT);
  }
}
