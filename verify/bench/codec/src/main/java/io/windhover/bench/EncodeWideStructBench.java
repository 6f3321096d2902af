package io.windhover.bench;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.BinaryWriter;
import java.util.concurrent.TimeUnit;
import org.apache.thrift.TConfiguration;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.AutoExpandingBufferWriteTransport;
import org.apache.thrift.transport.TMemoryBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How long does a struct of 20 mixed fields take to write into memory?
///
/// Ours takes its node from the pool and returns it, as each reply does. The peer has two rows: a
/// new TMemoryBuffer for each message, and its best case, which writes again and again to the same
/// array through the same protocol object.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeWideStructBench {

  private final Wide ours = WideSample.ours();
  private final ApacheWide apaches = WideSample.apaches();

  private final AutoExpandingBufferWriteTransport memory;
  private final TBinaryProtocol protocol;

  public EncodeWideStructBench() {
    try {
      memory = new AutoExpandingBufferWriteTransport(new TConfiguration(), 1024, 0);
      protocol = new TBinaryProtocol(memory);
    } catch (TException e) {
      throw new IllegalStateException(e);
    }
  }

  @Benchmark
  public int windhover() {
    try (var buffer = new LinkBuffer()) {
      Wide.CODEC.write(ours, new BinaryWriter(buffer));
      return buffer.size();
    }
  }

  @Benchmark
  public int libthriftReused() throws TException {
    memory.reset();
    apaches.write(protocol);
    return memory.getLength();
  }

  @Benchmark
  public int libthrift() throws TException {
    var buffer = new TMemoryBuffer(1024);
    apaches.write(new TBinaryProtocol(buffer));
    return buffer.length();
  }
}
