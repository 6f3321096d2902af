package io.windhover.conformance.flood;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.FrameType;
import io.windhover.http2.frame.Setting;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/// Sends a [Flood] over one connection as fast as that takes it, and over the next one as soon as
/// the server has ended its side of the last: the main class of a [FlooderProcess].
final class Flooder {

  private static final int BATCH_BYTES = 64 << 10;
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int STREAMS_OF_A_READER = 100; // whose replies are more than may be held
  private static final int SLOW_BYTES = 1 << 10;
  private static final Duration SLOW_PAUSE = Duration.ofMillis(10);

  private final int port;
  private final Flood flood;
  private final Thread thread;
  private final long startNanos = System.nanoTime();
  private volatile boolean over;
  private volatile Socket socket = new Socket();

  // The threads' own until they have ended:
  private final Map<String, Integer> told = new TreeMap<>(); // how often, by what
  private int connections;
  private int toldTwice;
  private long sentBytes;
  private long sentFrames;

  private Flooder(int port, Flood flood) {
    this.port = port;
    this.flood = flood;
    this.thread = Thread.ofPlatform().daemon().name("flooder").unstarted(this::run);
  }

  /// Sends the flood that a line names until the next line, and prints what it [did][Flooded] then;
  /// over and over until the input ends.
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    var lines = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
    for (var name = lines.readLine(); name != null; name = lines.readLine()) {
      var flooder = new Flooder(port, Flood.valueOf(name));
      flooder.thread.start();
      lines.readLine();
      System.out.println(flooder.end().line());
    }
  }

  private void run() {
    while (!over) {
      try (var dialled = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket = dialled;
        if (over) {
          return; // it was not the one that was closed
        }
        dialled.setSoLinger(true, 0); // leaves nothing behind in the kernel
        connections++;
        var reader = Thread.ofVirtual().start(() -> read(dialled));
        send(dialled);
        reader.join(LIMIT);
      } catch (IOException e) {
        // the next one
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void send(Socket to) {
    var frames = new Frames();
    frames.preface(Frames.setting(Setting.INITIAL_WINDOW_SIZE, Integer.MAX_VALUE / 2));
    frames.frame(FrameType.WINDOW_UPDATE, 0, 0, Frames.int32(Integer.MAX_VALUE / 2));
    try {
      var out = to.getOutputStream();
      for (int id = 1; !over && id > 0; ) {
        while (frames.size() < batchBytes() && mayOpen(id)) {
          flood.write(frames, id);
          id += 2;
        }
        int count = frames.count();
        var batch = frames.take();
        out.write(batch);
        sentBytes += batch.length;
        sentFrames += count;
        if (flood == Flood.SLOW_READER) {
          LockSupport.parkNanos(SLOW_PAUSE.toNanos());
        }
        if (!mayOpen(id)) {
          return; // and read
        }
      }
    } catch (IOException e) {
      // the server has ended it, and its reader knows why
    }
  }

  private int batchBytes() {
    return flood == Flood.SLOW_READER ? SLOW_BYTES : BATCH_BYTES;
  }

  private boolean mayOpen(int streamId) {
    return flood != Flood.SLOW_READER || streamId < 2 * STREAMS_OF_A_READER;
  }

  private void read(Socket from) {
    int reasons = 0;
    try {
      var in = new DataInputStream(from.getInputStream());
      while (true) {
        int lengthAndType = in.readInt();
        in.skipNBytes(1 + Integer.BYTES);
        int length = lengthAndType >>> Byte.SIZE;
        if ((lengthAndType & 0xff) == FrameType.GOAWAY.code()) {
          tell(in.readNBytes(length));
          reasons++;
        } else if (flood == Flood.SLOW_READER) {
          readSlowly(in, length);
        } else {
          in.skipNBytes(length);
        }
      }
    } catch (IOException e) {
      toldTwice += reasons > 1 ? 1 : 0;
    } finally {
      close(from);
    }
  }

  /// Interrupts a write, too.
  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void readSlowly(DataInputStream in, int length) throws IOException {
    for (int left = length; left > 0; left -= SLOW_BYTES) {
      in.skipNBytes(Math.min(left, SLOW_BYTES));
      LockSupport.parkNanos(SLOW_PAUSE.toNanos());
    }
  }

  private void tell(byte[] goAway) {
    var payload = ByteBuffer.wrap(goAway);
    payload.getInt(); // the last stream
    var code = ErrorCode.of(payload.getInt());
    var text = new String(goAway, payload.position(), payload.remaining(), ISO_8859_1);
    told.merge(code + ": " + text, 1, Integer::sum);
  }

  private Flooded end() throws IOException {
    over = true;
    socket.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var time = Duration.ofNanos(System.nanoTime() - startNanos);
    return new Flooded(time, connections, sentBytes, sentFrames, toldTwice, told);
  }
}
