package io.windhover.bench.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.BinaryWriter;
import io.windhover.thrift.CompactReader;
import io.windhover.thrift.CompactWriter;
import java.io.IOException;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TProtocolFactory;
import org.apache.thrift.transport.TMemoryInputTransport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// All sides of the benchmarks do the same work.
final class ShapeTest {

  private static final TProtocolFactory BINARY = new TBinaryProtocol.Factory();
  private static final TProtocolFactory COMPACT = new TCompactProtocol.Factory();

  @ParameterizedTest
  @EnumSource
  void oursReadsBackWhatItWrote(Shape shape) {
    assertThat(ours(shape, Encoded.ours(shape.sample(), BinaryWriter::new)))
        .isEqualTo(shape.sample().ours());
  }

  @ParameterizedTest
  @EnumSource
  void oursReadsBackWhatItWroteInCompact(Shape shape) {
    try (var buffer = LinkBuffer.wrap(Encoded.ours(shape.sample(), CompactWriter::new))) {
      assertThat(shape.sample().read(new CompactReader(buffer))).isEqualTo(shape.sample().ours());
      assertThat(buffer.size()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void oursAndApachesWriteTheSameBytes(Shape shape) {
    var sample = shape.sample();

    assertThat(Encoded.apaches(sample.apaches(), BINARY))
        .isEqualTo(Encoded.ours(sample, BinaryWriter::new));
    assertThat(Encoded.apaches(sample.apaches(), COMPACT))
        .isEqualTo(Encoded.ours(sample, CompactWriter::new));
  }

  @ParameterizedTest
  @EnumSource
  void apachesReadsAllOfBinary(Shape shape) throws TException {
    var read = apaches(shape, Encoded.ours(shape.sample(), BinaryWriter::new), BINARY);

    assertThat(ours(shape, Encoded.apaches(read, BINARY))).isEqualTo(shape.sample().ours());
  }

  @ParameterizedTest
  @EnumSource
  void apachesReadsAllOfCompact(Shape shape) throws TException {
    var read = apaches(shape, Encoded.apaches(shape.sample().apaches(), COMPACT), COMPACT);

    assertThat(ours(shape, Encoded.apaches(read, BINARY))).isEqualTo(shape.sample().ours());
  }

  @ParameterizedTest
  @EnumSource
  void protobufReadsBackWhatItWrote(Shape shape) throws IOException {
    var message = shape.sample().protobufs();

    assertThat(message.getParserForType().parseFrom(message.toByteArray())).isEqualTo(message);
  }

  private static Object ours(Shape shape, byte[] bytes) {
    try (var buffer = LinkBuffer.wrap(bytes)) {
      var value = shape.sample().read(new BinaryReader(buffer));
      assertThat(buffer.size()).isZero();
      return value;
    }
  }

  private static TSerializable apaches(Shape shape, byte[] bytes, TProtocolFactory protocol)
      throws TException {
    var value = shape.sample().emptyApache().get();
    value.read(protocol.getProtocol(new TMemoryInputTransport(bytes)));
    return value;
  }
}
