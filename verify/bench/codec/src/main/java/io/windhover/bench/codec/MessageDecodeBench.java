package io.windhover.bench.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.windhover.protobuf.ProtoCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// How long does a message of a `.proto` file take to read from memory, in both lanes? Both read an
/// array.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageDecodeBench {

  @Param public Message message = Message.READING;

  private ProtoCodec<?> codec = message.sample().codec();
  private Parser<? extends MessageLite> parser =
      message.sample().protobufs().apply(1).getParserForType();
  private final byte[][] bytes = new byte[Message.COUNT][];
  private int turn;

  @Setup
  public void encode() {
    var sample = message.sample();
    codec = sample.codec();
    parser = sample.protobufs().apply(1).getParserForType();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = sample.protobufs().apply(1 + i).toByteArray();
    }
  }

  @Benchmark
  public Object windhover() {
    return codec.fromBytes(next());
  }

  @Benchmark
  public Object protobuf() throws InvalidProtocolBufferException {
    return parser.parseFrom(next());
  }

  private byte[] next() {
    turn = (turn + 1) % bytes.length;
    return bytes[turn];
  }
}
