package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Threads that write to one connection.
final class Writers {

  private static final int MANY = 16;
  private static final int MAX_BODY_BYTES = 20_000; // more than a record of TLS

  private Writers() {}

  /// Frames of 32 KiB, until the connection closes.
  static Thread forEver(Connection connection, AtomicInteger written) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  connection.write(Frames.of(new byte[1 << 15]));
                  written.incrementAndGet();
                }
              } catch (ConnectionClosedException e) {
                // the end
              }
            });
  }

  /// The other side of [#keepFramesWhole].
  static final class Arrivals extends Recorder {
    private final BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();

    @Override
    void onFrame(Connection connection, LinkBuffer frame) {
      bodies.add(Frames.body(frame));
    }
  }

  /// Each frame's bytes are all the writer's number, and its counter goes up: a frame that is torn,
  /// lost, doubled or overtaken shows.
  ///
  /// @param frames of each writer
  static void keepFramesWhole(Connection connection, Arrivals arrivals, int frames) {
    var threads = new ArrayList<Thread>();
    for (int w = 0; w < MANY; w++) {
      byte writer = (byte) w;
      threads.add(Thread.ofVirtual().start(() -> write(connection, writer, frames)));
    }

    int[] next = new int[MANY];
    for (int i = 0; i < MANY * frames; i++) {
      var body = ByteBuffer.wrap(Waiting.next(arrivals.bodies));
      int count = body.getInt();
      byte writer = body.get();
      assertThat(count).isEqualTo(next[writer]++);
      while (body.hasRemaining()) {
        if (body.get() != writer) {
          throw new AssertionError("torn: frame " + count + " of " + writer);
        }
      }
    }
    threads.forEach(Waiting::on);
  }

  private static void write(Connection connection, byte writer, int frames) {
    var random = new Random(writer);
    for (int i = 0; i < frames; i++) {
      byte[] body = new byte[Integer.BYTES + 1 + random.nextInt(MAX_BODY_BYTES)];
      Arrays.fill(body, writer);
      ByteBuffer.wrap(body).putInt(i);
      connection.write(Frames.of(body));
    }
  }
}
