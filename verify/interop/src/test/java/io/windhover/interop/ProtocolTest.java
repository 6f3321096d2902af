package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.interop.Matrix.Row;
import io.windhover.interop.ThriftValue.Uuid;
import io.windhover.interop.everything.Scalars;
import io.windhover.interop.protocols.Ids;
import io.windhover.interop.protocols.Nothing;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.BinaryWriter;
import io.windhover.thrift.CompactReader;
import io.windhover.thrift.CompactWriter;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftReader;
import io.windhover.thrift.ThriftWriter;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TType;
import org.apache.thrift.transport.TMemoryBuffer;
import org.apache.thrift.transport.TMemoryInputTransport;
import org.apache.thrift.transport.TTransport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Structs of every type in each protocol, byte for byte as libthrift has them.
final class ProtocolTest {

  private static final UUID FIRST = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
  private static final UUID SECOND = UUID.fromString("ffeeddcc-bbaa-9988-7766-554433221100");

  enum Protocol {
    BINARY(BinaryReader::new, BinaryWriter::new, TBinaryProtocol::new),
    COMPACT(CompactReader::new, CompactWriter::new, TCompactProtocol::new);

    final Function<LinkBuffer, ThriftReader> reader;
    final Function<LinkBuffer, ThriftWriter> writer;
    final Function<TTransport, TProtocol> libthrift;

    Protocol(
        Function<LinkBuffer, ThriftReader> reader,
        Function<LinkBuffer, ThriftWriter> writer,
        Function<TTransport, TProtocol> libthrift) {
      this.reader = reader;
      this.writer = writer;
      this.libthrift = libthrift;
    }

    Protocol other() {
      return this == BINARY ? COMPACT : BINARY;
    }

    <T> byte[] write(StructCodec<T> codec, T value) {
      try (var buffer = new LinkBuffer()) {
        codec.write(value, writer.apply(buffer));
        var bytes = new byte[buffer.size()];
        buffer.readBytes(bytes, 0, bytes.length);
        return bytes;
      }
    }

    /// Reads with libthrift.
    ThriftValue parse(byte[] bytes) throws TException {
      return ThriftValue.Struct.read(libthrift.apply(new TMemoryInputTransport(bytes)));
    }

    <T> T read(StructCodec<T> codec, byte[] bytes) {
      try (var buffer = LinkBuffer.wrap(bytes)) {
        var value = codec.read(reader.apply(buffer));
        assertThat(buffer.size()).isZero();
        return value;
      }
    }
  }

  static Stream<Arguments> rows() {
    var ids = new Ids().id(FIRST).maybe(SECOND).last(true);
    return Stream.concat(
            Matrix.rows().stream().filter(ProtocolTest::isForLibthrift),
            Stream.of(new Row<>("uuids", Ids.CODEC, ids)))
        .flatMap(
            row -> Arrays.stream(Protocol.values()).map(protocol -> Arguments.of(row, protocol)));
  }

  /// Whether it has no NaN but the one of libthrift, see [#keepsTheBitsOfANaN].
  private static boolean isForLibthrift(Row<?> row) {
    return !(row.value() instanceof Scalars it)
        || Double.doubleToRawLongBits(it.real()) == Double.doubleToLongBits(it.real());
  }

  @ParameterizedTest
  @MethodSource("rows")
  <T> void writesTheBytesOfLibthrift(Row<T> row, Protocol protocol) throws TException {
    var ours = protocol.write(row.codec(), row.value());

    assertThat(ours).isEqualTo(throughLibthrift(ours, protocol));
  }

  /// libthrift knows one NaN.
  @ParameterizedTest
  @EnumSource
  void keepsTheBitsOfANaN(Protocol protocol) throws TException {
    double nan = Double.longBitsToDouble(0xfff0_0000_0000_0001L);
    var bytes = protocol.write(Scalars.CODEC, new Scalars().real(nan));

    double read = protocol.read(Scalars.CODEC, bytes).real();
    assertThat(Double.doubleToRawLongBits(read)).isEqualTo(Double.doubleToRawLongBits(nan));
    var canonical = protocol.write(Scalars.CODEC, new Scalars().real(Double.NaN));
    assertThat(throughLibthrift(bytes, protocol)).isNotEqualTo(bytes).isEqualTo(canonical);
  }

  @ParameterizedTest
  @MethodSource("rows")
  <T> void readsWhatItWrites(Row<T> row, Protocol protocol) {
    var bytes = protocol.write(row.codec(), row.value());

    assertThat(protocol.read(row.codec(), bytes)).isEqualTo(row.value());
  }

  /// libthrift 0.25.0 writes containers of uuids and cannot read them.
  @ParameterizedTest
  @EnumSource
  void writesContainersOfUuidsAsLibthrift(Protocol protocol) throws TException {
    var both = List.of(FIRST, SECOND);
    var ids = new Ids().id(FIRST).list(both).set(new LinkedHashSet<>(both));
    ids.map(Map.of(FIRST, SECOND));
    var elements = List.of(new Uuid(FIRST), new Uuid(SECOND));
    var theirs =
        ThriftValue.struct()
            .with(1, new Uuid(FIRST))
            .with(20, ThriftValue.list(TType.UUID, elements))
            .with(36, ThriftValue.set(TType.UUID, elements))
            .with(
                37,
                ThriftValue.map(TType.UUID, TType.UUID, Map.of(elements.get(0), elements.get(1))))
            .with(38, new ThriftValue.Bool(false));

    var ours = protocol.write(Ids.CODEC, ids);

    assertThat(ours).isEqualTo(write(theirs, protocol));
    assertThat(protocol.read(Ids.CODEC, ours)).isEqualTo(ids);
    var crossed = protocol.other().write(Nothing.CODEC, protocol.read(Nothing.CODEC, ours));
    assertThat(protocol.other().read(Ids.CODEC, crossed)).isEqualTo(ids);
  }

  /// Through a program whose IDL knows none of the fields, which gets them in one protocol and
  /// sends them in the other.
  @ParameterizedTest
  @MethodSource("rows")
  <T> void keepsUnknownFieldsFromProtocolToProtocol(Row<T> row, Protocol protocol)
      throws TException {
    var bytes = protocol.write(row.codec(), row.value());
    var nothing = protocol.read(Nothing.CODEC, bytes);
    var crossed = protocol.other().write(Nothing.CODEC, nothing);

    assertThat(protocol.other().read(row.codec(), crossed)).isEqualTo(row.value());
    assertThat(throughLibthrift(crossed, protocol.other())).isEqualTo(crossed);
  }

  /// Returns what libthrift writes when it has read `bytes`.
  private static byte[] throughLibthrift(byte[] bytes, Protocol protocol) throws TException {
    return write(protocol.parse(bytes), protocol);
  }

  private static byte[] write(ThriftValue value, Protocol protocol) throws TException {
    var memory = new TMemoryBuffer(64);
    value.write(protocol.libthrift.apply(memory));
    return Arrays.copyOf(memory.getArray(), memory.length());
  }
}
