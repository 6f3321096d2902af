package io.windhover.rpc.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Http2Client;
import io.windhover.http2.Http2Options;
import io.windhover.http2.StreamException;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.PollerGroup;
import io.windhover.netpoll.PollerOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How a server stops, with our own HTTP/2 client and with a raw one.
@Timeout(60)
final class StopTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Words.Handlers handlers = new Words.Handlers();

  @Test
  void answersWhatIsUnderWayAndSendsTheOthersElsewhere() throws Exception {
    var running = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    handlers.echo =
        text -> {
          running.countDown();
          try {
            free.await();
          } catch (InterruptedException e) {
            return "interrupted";
          }
          return text;
        };
    try (var fixture = new GrpcFixture(handlers)) {
      var client = fixture.client();
      client.request(1, false, "/test.Words/Echo");
      client.messages(1, true, "hi");
      assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
      var stop = Thread.ofVirtual().start(fixture.server::stop);

      assertThat(client.awaitGoAway()).isEqualTo(Integer.MAX_VALUE);
      assertThat(client.awaitGoAway()).isEqualTo(1);
      free.countDown();

      assertThat(client.response(1).messages()).containsExactly("hi");
      client.awaitEnd();
      stop.join();
    }
  }

  @Test
  void interruptsWhatDoesNotEndInTime() throws Exception {
    var running = new CountDownLatch(1);
    handlers.chat =
        (in, _) -> {
          running.countDown();
          in.receive();
        };
    try (var fixture =
        new GrpcFixture(
            handlers,
            GrpcOptions.DEFAULT,
            builder -> builder.stopTimeout(Duration.ofMillis(300)))) {
      var client = fixture.client();
      client.request(1, false, "/test.Words/Chat");
      assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
      var stop = Thread.ofVirtual().start(fixture.server::stop);

      assertThat(client.response(1).status())
          .startsWith("UNAVAILABLE: test.Words/Chat was cancelled");
      stop.join();
    }
  }

  @Test
  void losesNoCallThatItsClientWasNotToldToTakeElsewhere() throws Exception {
    handlers.echo = text -> text + "!";
    var fixture = new GrpcFixture(handlers);
    var answered = new AtomicInteger();
    var notBegun = new AtomicInteger();
    var lost = new AtomicInteger();
    try (fixture;
        var group = PollerGroup.start(PollerOptions.builder().build())) {
      var threads = new ArrayList<Thread>();
      var some = new CountDownLatch(200);
      for (int i = 0; i < 4; i++) {
        var client = new Http2Client(Http2Options.DEFAULT);
        var address =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.server.port());
        group.dial(address, LIMIT, ConnectionOptions.DEFAULT, client);
        for (int j = 0; j < 4; j++) {
          threads.add(
              Thread.ofVirtual()
                  .start(
                      () -> {
                        while (callOnce(client, answered, notBegun, lost)) {
                          some.countDown();
                        }
                      }));
        }
      }
      assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();

      fixture.server.stop();
      for (var thread : threads) {
        thread.join();
      }

      assertThat(lost).hasValue(0);
      assertThat(answered.get()).isGreaterThanOrEqualTo(200);
      assertThat(notBegun).hasValue(16);
    }
  }

  private static boolean callOnce(
      Http2Client client, AtomicInteger answered, AtomicInteger notBegun, AtomicInteger lost) {
    try (var data = LinkBuffer.wrap(RawClient.message(new byte[] {'h', 'i'}));
        var stream = client.request(RawClient.fields("/test.Words/Echo"), data, null, LIMIT)) {
      stream.response(LIMIT);
      int bytes = 0;
      for (var read = stream.read(LIMIT); read != null; read = stream.read(LIMIT)) {
        bytes += read.size();
        read.release();
      }
      assertThat(bytes).isEqualTo(8);
      assertThat(stream.trailers()).containsExactly(Trailers.OK);
      answered.incrementAndGet();
      return true;
    } catch (StreamException e) {
      (e.isNotProcessed() ? notBegun : lost).incrementAndGet();
      return false;
    } catch (Exception | AssertionError e) {
      lost.incrementAndGet();
      return false;
    }
  }
}
