package io.windhover.bench;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.BinaryWriter;
import java.util.concurrent.TimeUnit;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TMemoryInputTransport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How long does a struct of 20 mixed fields take to read from memory?
///
/// The peer reads again and again from the same transport with the same protocol object, its best
/// case; ours makes both anew, as each call does.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeWideStructBench {

  final byte[] bytes = encoded();

  private final TMemoryInputTransport memory;
  private final TBinaryProtocol protocol;

  public DecodeWideStructBench() {
    try {
      memory = new TMemoryInputTransport();
      protocol = new TBinaryProtocol(memory);
    } catch (TException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] encoded() {
    try (var buffer = new LinkBuffer()) {
      Wide.CODEC.write(WideSample.ours(), new BinaryWriter(buffer));
      var encoded = new byte[buffer.size()];
      buffer.readBytes(encoded, 0, encoded.length);
      return encoded;
    }
  }

  @Benchmark
  public Wide windhover() {
    try (var buffer = LinkBuffer.wrap(bytes)) {
      return Wide.CODEC.read(new BinaryReader(buffer));
    }
  }

  @Benchmark
  public Object libthriftReused() throws TException {
    memory.reset(bytes);
    var wide = new ApacheWide();
    wide.read(protocol);
    return wide;
  }
}
