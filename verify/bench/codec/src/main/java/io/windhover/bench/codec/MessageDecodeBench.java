package io.windhover.bench.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.windhover.buffer.LinkBuffer;
import io.windhover.protobuf.ProtoCodec;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.thrift.ObjectBudget;
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

/// How long does a message of a `.proto` file take to read from memory, in both lanes?
///
/// A call reads it from a buffer, with its lane's codec: `windhover` and `protobuf` do. Each buffer
/// is filled again after it was read, some messages before its next turn, as by a poller: what was
/// just written is slow to read. `filled` does that alone. The other two read an array.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageDecodeBench {

  @Param public Message message = Message.READING;

  private final byte[][] bytes = new byte[Message.COUNT][];
  private final LinkBuffer[] buffers = new LinkBuffer[Message.COUNT];
  private ProtoCodec<?> codec = message.sample().codec();
  private MessageCodec<?> call = message.sample().call();
  private MessageCodec<?> protobufCall = message.sample().protobufCall();
  private Parser<? extends MessageLite> parser =
      message.sample().protobufs().apply(1).getParserForType();
  private int turn;

  @Setup
  public void encode() {
    var sample = message.sample();
    codec = sample.codec();
    call = sample.call();
    protobufCall = sample.protobufCall();
    parser = sample.protobufs().apply(1).getParserForType();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = sample.protobufs().apply(1 + i).toByteArray();
      buffers[i] = new LinkBuffer();
      fill(i);
    }
  }

  @TearDown
  public void release() {
    for (var buffer : buffers) {
      buffer.release();
    }
  }

  @Benchmark
  public Object windhover() {
    return read(call);
  }

  @Benchmark
  public Object protobuf() {
    return read(protobufCall);
  }

  @Benchmark
  public int filled() {
    int turn = turn();
    fill(turn);
    return turn;
  }

  @Benchmark
  public Object windhoverArray() {
    return codec.fromBytes(bytes[turn()]);
  }

  @Benchmark
  public Object protobufArray() throws InvalidProtocolBufferException {
    return parser.parseFrom(bytes[turn()]);
  }

  private Object read(MessageCodec<?> call) {
    int turn = turn();
    var read = call.read(buffers[turn], ObjectBudget.OF_ONE_MESSAGE);
    fill(turn);
    return read;
  }

  /// How much of its input protobuf-java has consumed is not said.
  private void fill(int turn) {
    var buffer = buffers[turn];
    buffer.skip(buffer.size());
    buffer.writeBytes(bytes[turn], 0, bytes[turn].length);
  }

  private int turn() {
    turn = (turn + 1) % bytes.length;
    return turn;
  }
}
