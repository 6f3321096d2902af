package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.interop.ThriftValue.Uuid;
import io.windhover.interop.everything.Choice;
import io.windhover.interop.everything.Lists;
import io.windhover.interop.everything.Maps;
import io.windhover.interop.everything.Nested;
import io.windhover.interop.everything.Requiredness;
import io.windhover.interop.everything.Scalars;
import io.windhover.interop.everything.Sets;
import io.windhover.interop.everything.Tree;
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

    <T> T read(StructCodec<T> codec, byte[] bytes) {
      try (var buffer = LinkBuffer.wrap(bytes)) {
        var value = codec.read(reader.apply(buffer));
        assertThat(buffer.size()).isZero();
        return value;
      }
    }
  }

  record Sample<T>(StructCodec<T> codec, T value) {
    @Override
    public String toString() {
      return value.getClass().getSimpleName();
    }
  }

  static Stream<Arguments> samples() {
    return Stream.of(
            Values.scalars().stream().map(value -> new Sample<>(Scalars.CODEC, value)),
            sizes(Values::lists, Lists.CODEC),
            sizes(Values::sets, Sets.CODEC),
            sizes(Values::maps, Maps.CODEC),
            sizes(Values::nested, Nested.CODEC),
            Values.requiredness().stream().map(value -> new Sample<>(Requiredness.CODEC, value)),
            Values.choices().stream().map(value -> new Sample<>(Choice.CODEC, value)),
            Stream.of(new Sample<>(Tree.CODEC, Values.tree(30))),
            Stream.of(new Sample<>(Ids.CODEC, new Ids().id(FIRST).maybe(SECOND).last(true))))
        .flatMap(samples -> samples)
        .flatMap(
            sample ->
                Arrays.stream(Protocol.values()).map(protocol -> Arguments.of(sample, protocol)));
  }

  /// Of 14 elements is the longest short list of the compact protocol.
  private static <T> Stream<Sample<T>> sizes(Function<Integer, T> values, StructCodec<T> codec) {
    return Stream.of(0, 1, 14, 15, 200).map(size -> new Sample<>(codec, values.apply(size)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  <T> void writesTheBytesOfLibthrift(Sample<T> sample, Protocol protocol) throws TException {
    var ours = protocol.write(sample.codec, sample.value);

    assertThat(ours).isEqualTo(throughLibthrift(ours, protocol));
  }

  @ParameterizedTest
  @MethodSource("samples")
  <T> void readsWhatItWrites(Sample<T> sample, Protocol protocol) {
    var bytes = protocol.write(sample.codec, sample.value);

    assertThat(protocol.read(sample.codec, bytes)).isEqualTo(sample.value);
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
  @MethodSource("samples")
  <T> void keepsUnknownFieldsFromProtocolToProtocol(Sample<T> sample, Protocol protocol)
      throws TException {
    var bytes = protocol.write(sample.codec, sample.value);
    var nothing = protocol.read(Nothing.CODEC, bytes);
    var crossed = protocol.other().write(Nothing.CODEC, nothing);

    assertThat(protocol.other().read(sample.codec, crossed)).isEqualTo(sample.value);
    assertThat(throughLibthrift(crossed, protocol.other())).isEqualTo(crossed);
  }

  /// Returns what libthrift writes when it has read `bytes`.
  private static byte[] throughLibthrift(byte[] bytes, Protocol protocol) throws TException {
    var in = protocol.libthrift.apply(new TMemoryInputTransport(bytes));
    return write(ThriftValue.Struct.read(in), protocol);
  }

  private static byte[] write(ThriftValue value, Protocol protocol) throws TException {
    var memory = new TMemoryBuffer(64);
    value.write(protocol.libthrift.apply(memory));
    return Arrays.copyOf(memory.getArray(), memory.length());
  }
}
