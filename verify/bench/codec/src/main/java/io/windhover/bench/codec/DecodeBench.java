package io.windhover.bench.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.BinaryWriter;
import io.windhover.thrift.CompactReader;
import java.util.concurrent.TimeUnit;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.transport.TMemoryInputTransport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// How long does a message take to read from memory?
///
/// Ours makes its buffer and its reader anew, as each call does. Apache's reads again and again
/// from the same transport with the same protocol object, its best case. Its `binary` is a view of
/// the array that was read, which ours and Protobuf's copy.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBench {

  @Param public Shape shape = Shape.TWO_FIELDS;

  private final TMemoryInputTransport memory;
  private final TProtocol binary;
  private final TProtocol compact;

  private Sample<?> sample = shape.sample();
  private Parser<? extends MessageLite> parser = sample.protobufs().getParserForType();
  private byte[] binaryBytes = {};
  private byte[] compactBytes = {};
  private byte[] protobufBytes = {};

  public DecodeBench() {
    try {
      memory = new TMemoryInputTransport();
    } catch (TException e) {
      throw new IllegalStateException(e);
    }
    binary = new TBinaryProtocol(memory);
    compact = new TCompactProtocol(memory);
  }

  @Setup
  public void encode() {
    sample = shape.sample();
    parser = sample.protobufs().getParserForType();
    binaryBytes = Encoded.ours(sample, BinaryWriter::new);
    compactBytes = Encoded.apaches(sample.apaches(), new TCompactProtocol.Factory());
    protobufBytes = sample.protobufs().toByteArray();
  }

  @Benchmark
  public Object windhover() {
    try (var buffer = LinkBuffer.wrap(binaryBytes)) {
      return sample.read(new BinaryReader(buffer));
    }
  }

  @Benchmark
  public Object windhoverCompact() {
    try (var buffer = LinkBuffer.wrap(compactBytes)) {
      return sample.read(new CompactReader(buffer));
    }
  }

  @Benchmark
  public Object libthriftBinary() throws TException {
    return apaches(binaryBytes, binary);
  }

  @Benchmark
  public Object libthriftCompact() throws TException {
    return apaches(compactBytes, compact);
  }

  @Benchmark
  public Object protobuf() throws InvalidProtocolBufferException {
    return parser.parseFrom(protobufBytes);
  }

  private Object apaches(byte[] bytes, TProtocol protocol) throws TException {
    memory.reset(bytes);
    var value = sample.emptyApache().get();
    value.read(protocol);
    return value;
  }
}
