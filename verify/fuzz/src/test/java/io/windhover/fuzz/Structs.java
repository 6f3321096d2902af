package io.windhover.fuzz;

import io.windhover.buffer.LinkBuffer;
import io.windhover.interop.everything.Choice;
import io.windhover.interop.everything.Lists;
import io.windhover.interop.everything.Maps;
import io.windhover.interop.everything.Nested;
import io.windhover.interop.everything.Requiredness;
import io.windhover.interop.everything.Scalars;
import io.windhover.interop.everything.Sets;
import io.windhover.interop.everything.Tree;
import io.windhover.interop.matrix.Containers;
import io.windhover.interop.matrix.Deep;
import io.windhover.interop.matrix.Failed;
import io.windhover.interop.matrix.Far;
import io.windhover.interop.matrix.OptionalDefaults;
import io.windhover.interop.protocols.Ids;
import io.windhover.interop.protocols.Nothing;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftProtocolException;
import io.windhover.thrift.ThriftReader;
import io.windhover.thrift.ThriftWriter;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Generated structs in one protocol: any bytes are a struct or a [ThriftProtocolException], and
/// what was read is written, read and written again as the same bytes.
final class Structs {

  /// The first byte of an input says which.
  static final List<StructCodec<?>> CODECS =
      List.of(
          Scalars.CODEC,
          Lists.CODEC,
          Sets.CODEC,
          Maps.CODEC,
          Nested.CODEC,
          Requiredness.CODEC,
          Choice.CODEC,
          Tree.CODEC,
          Containers.CODEC,
          Deep.CODEC,
          Failed.CODEC,
          Far.CODEC,
          OptionalDefaults.CODEC,
          Ids.CODEC,
          Nothing.CODEC);

  private static final int PIECE = 3; // bytes of a node of a buffer in pieces

  private final Function<LinkBuffer, ThriftReader> reader;
  private final Function<LinkBuffer, ThriftWriter> writer;

  Structs(Function<LinkBuffer, ThriftReader> reader, Function<LinkBuffer, ThriftWriter> writer) {
    this.reader = reader;
    this.writer = writer;
  }

  void check(byte[] input) {
    if (input.length > 0) {
      var codec = CODECS.get(Byte.toUnsignedInt(input[0]) % CODECS.size());
      check(codec, Arrays.copyOfRange(input, 1, input.length));
    }
  }

  private <T> void check(StructCodec<T> codec, byte[] bytes) {
    var whole = read(codec, LinkBuffer.wrap(bytes));
    var pieces = read(codec, pieces(bytes));
    if (!whole.equals(pieces)) {
      throw new IllegalStateException("in one: " + whole + ", in pieces: " + pieces);
    }
    if (whole.value != null) {
      var written = write(codec, whole.value);
      var again = read(codec, LinkBuffer.wrap(written)).value;
      if (again == null || !Arrays.equals(written, write(codec, again))) {
        throw new IllegalStateException("read " + whole.value + ", then " + again);
      }
    }
  }

  /// @param value null if there is an error
  /// @param left how many bytes are behind it
  private record Outcome<T>(T value, String error, int left) {}

  private <T> Outcome<T> read(StructCodec<T> codec, LinkBuffer buffer) {
    try (buffer) {
      var value = codec.read(reader.apply(buffer));
      return new Outcome<>(value, "", buffer.size());
    } catch (ThriftProtocolException e) {
      return new Outcome<>(null, String.valueOf(e.getMessage()), 0);
    }
  }

  private <T> byte[] write(StructCodec<T> codec, T value) {
    try (var buffer = new LinkBuffer()) {
      codec.write(value, writer.apply(buffer));
      var bytes = new byte[buffer.size()];
      buffer.readBytes(bytes, 0, bytes.length);
      return bytes;
    }
  }

  private static LinkBuffer pieces(byte[] bytes) {
    var buffer = new LinkBuffer();
    for (int i = 0; i < bytes.length; i += PIECE) {
      buffer.append(
          LinkBuffer.wrap(Arrays.copyOfRange(bytes, i, Math.min(i + PIECE, bytes.length))));
    }
    return buffer;
  }
}
