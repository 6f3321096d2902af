package io.windhover.bench.codec;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.codec.MessageCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// How long does a message of a `.proto` file take to write into memory, in both lanes?
///
/// A service makes a message, and a call writes it once with its lane's codec into a buffer, which
/// is emptied in between as that of a connection is: `windhover` and `protobuf` do all of that, and
/// `copied` only what is left of it where the bytes are there already. Those with `Bytes` in their
/// names make a message and an array of it. `protobufArray` is the best case of protobuf-java, one
/// array that is large enough, so that nobody asks for the size of the message. Those with `Again`
/// write the same message again and again: protobuf-java has computed its sizes the first time, and
/// keeps them in it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageEncodeBench {

  private static final int CAPACITY = 1024;

  @Param public Message message = Message.READING;

  private final LinkBuffer buffer = new LinkBuffer();
  private final byte[] array = new byte[CAPACITY];
  private Lane<?, ?> lane = Lane.of(message.sample());
  private int turn;

  /// The messages in both lanes, made before.
  private record Lane<T, P extends MessageLite>(
      MessageSample<T, P> sample,
      MessageCodec<T> codec,
      MessageCodec<P> protobufCodec,
      List<T> ours,
      List<P> protobufs,
      List<byte[]> written) {

    static <T, P extends MessageLite> Lane<T, P> of(MessageSample<T, P> sample) {
      var ours = new ArrayList<T>();
      var protobufs = new ArrayList<P>();
      var written = new ArrayList<byte[]>();
      for (int i = 1; i <= Message.COUNT; i++) {
        ours.add(sample.ours().apply(i));
        protobufs.add(sample.protobufs().apply(i));
        written.add(protobufs.getLast().toByteArray());
      }
      return new Lane<>(sample, sample.call(), sample.protobufCall(), ours, protobufs, written);
    }

    void make(int turn, LinkBuffer out) {
      codec.write(sample.ours().apply(1 + turn), out);
    }

    byte[] bytes(int turn) {
      return sample.codec().toBytes(sample.ours().apply(1 + turn));
    }

    void again(int turn, LinkBuffer out) {
      codec.write(ours.get(turn), out);
    }

    void makeProtobuf(int turn, LinkBuffer out) {
      protobufCodec.write(sample.protobufs().apply(1 + turn), out);
    }

    void protobufAgain(int turn, LinkBuffer out) {
      protobufCodec.write(protobufs.get(turn), out);
    }
  }

  @Setup
  public void choose() {
    lane = Lane.of(message.sample());
  }

  @TearDown
  public void release() {
    buffer.release();
  }

  @Benchmark
  public int windhover() {
    lane.make(turn(), buffer);
    return emptied();
  }

  @Benchmark
  public int protobuf() {
    lane.makeProtobuf(turn(), buffer);
    return emptied();
  }

  @Benchmark
  public int copied() {
    byte[] bytes = lane.written.get(turn());
    buffer.writeBytes(bytes, 0, bytes.length);
    return emptied();
  }

  @Benchmark
  public byte[] windhoverBytes() {
    return lane.bytes(turn());
  }

  @Benchmark
  public byte[] protobufBytes() {
    return lane.sample.protobufs().apply(1 + turn()).toByteArray();
  }

  @Benchmark
  public int protobufArray() throws IOException {
    return write(lane.sample.protobufs().apply(1 + turn()));
  }

  @Benchmark
  public int windhoverAgain() {
    lane.again(turn(), buffer);
    return emptied();
  }

  @Benchmark
  public int protobufAgain() {
    lane.protobufAgain(turn(), buffer);
    return emptied();
  }

  @Benchmark
  public int protobufArrayAgain() throws IOException {
    return write(lane.protobufs.get(turn()));
  }

  private int turn() {
    turn = (turn + 1) % Message.COUNT;
    return turn;
  }

  private int emptied() {
    int count = buffer.size();
    buffer.skip(count);
    return count;
  }

  private int write(MessageLite message) throws IOException {
    var out = CodedOutputStream.newInstance(array);
    message.writeTo(out);
    return out.getTotalBytesWritten();
  }
}
