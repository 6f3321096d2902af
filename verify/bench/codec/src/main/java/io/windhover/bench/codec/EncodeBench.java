package io.windhover.bench.codec;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.BinaryWriter;
import io.windhover.thrift.CompactWriter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.thrift.TConfiguration;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.transport.AutoExpandingBufferWriteTransport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// How long does a message take to write into memory?
///
/// Ours makes its buffer and its writer anew, as each reply does; only the memory comes from the
/// pool. The peers have their best case: they write again and again to one array that is large
/// enough, Apache's with the same protocol objects too, and Protobuf knows the sizes of its
/// messages from the first time (it keeps them in the message).
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeBench {

  private static final int CAPACITY = 128 * 1024;

  @Param public Shape shape = Shape.TWO_FIELDS;

  private final AutoExpandingBufferWriteTransport memory;
  private final TProtocol binary;
  private final TProtocol compact;
  private final byte[] array = new byte[CAPACITY];

  private Sample<?> ours = shape.sample();
  private TSerializable apaches = ours.apaches();
  private MessageLite protobufs = ours.protobufs();

  public EncodeBench() {
    try {
      memory = new AutoExpandingBufferWriteTransport(new TConfiguration(), CAPACITY, 0);
    } catch (TException e) {
      throw new IllegalStateException(e);
    }
    binary = new TBinaryProtocol(memory);
    compact = new TCompactProtocol(memory);
  }

  @Setup
  public void choose() {
    ours = shape.sample();
    apaches = ours.apaches();
    protobufs = ours.protobufs();
  }

  @Benchmark
  public int windhover() {
    try (var buffer = new LinkBuffer()) {
      ours.write(new BinaryWriter(buffer));
      return buffer.size();
    }
  }

  @Benchmark
  public int windhoverCompact() {
    try (var buffer = new LinkBuffer()) {
      ours.write(new CompactWriter(buffer));
      return buffer.size();
    }
  }

  @Benchmark
  public int libthriftBinary() throws TException {
    memory.reset();
    apaches.write(binary);
    return memory.getLength();
  }

  @Benchmark
  public int libthriftCompact() throws TException {
    memory.reset();
    apaches.write(compact);
    return memory.getLength();
  }

  @Benchmark
  public int protobuf() throws IOException {
    var out = CodedOutputStream.newInstance(array);
    protobufs.writeTo(out);
    return out.getTotalBytesWritten();
  }
}
