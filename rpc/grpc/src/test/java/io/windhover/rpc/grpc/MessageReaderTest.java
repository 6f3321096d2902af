package io.windhover.rpc.grpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import io.windhover.rpc.codec.MalformedMessageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// [MessageReader] and [MessageWriter].
final class MessageReaderTest {

  private static final int MAX_BYTES = 4 << 20;

  private @Nullable MessageReader opened;

  private int held;

  private MessageReader reader(Encoding encoding) {
    var reader = new MessageReader(encoding, MAX_BYTES, encoding.requestLimit(), this::hold);
    opened = reader;
    return reader;
  }

  @AfterEach
  void release() {
    if (opened != null) {
      opened.release();
    }
  }

  private static byte[] written(Encoding encoding, String... messages) {
    try (var out = new LinkBuffer()) {
      var writer = new MessageWriter(Words.TEXT, MAX_BYTES);
      for (var message : messages) {
        writer.write(message, encoding, out);
      }
      return bytes(out);
    }
  }

  private static byte[] bytes(LinkBuffer buffer) {
    var bytes = new byte[buffer.size()];
    buffer.readBytes(bytes, 0, bytes.length);
    return bytes;
  }

  private static void add(MessageReader reader, byte... bytes) {
    reader.add(LinkBuffer.wrap(bytes));
  }

  private static List<String> all(MessageReader reader) {
    var all = new ArrayList<String>();
    while (true) {
      try (var message = reader.next()) {
        if (message == null) {
          return all;
        }
        all.add(message.readUtf8(message.size()));
      }
    }
  }

  /// Row 22: each size by itself, and as HTTP/2 hands pieces on, each in a node of its own.
  @ParameterizedTest
  @ValueSource(ints = {1, 100, 512, 513, 1024, 2047, 2048, 4097, 8193})
  void row22KeepsLittleMoreMemoryThanItCounts(int pieceBytes) {
    var piece = new byte[pieceBytes];
    long before = NodePool.shared().heldBytes();
    var reader = reader(Encoding.IDENTITY);
    while (reader.heldBytes() < 1 << 20) {
      var data = new LinkBuffer();
      data.writeBytes(piece, 0, pieceBytes);
      reader.add(data);
    }

    assertThat(NodePool.shared().heldBytes() - before).isLessThan(2L * reader.heldBytes() + 8192);
  }

  /// Row 22: pieces that HTTP/2 has not copied, each in a node of which much is left.
  @ParameterizedTest
  @ValueSource(ints = {4097, 5000, 8191})
  void row22KeepsLittleMoreMemoryThanItCountsOfNodesThatAreHalfEmpty(int pieceBytes) {
    long before = NodePool.shared().heldBytes();
    var reader = reader(Encoding.IDENTITY);
    while (reader.heldBytes() < 1 << 20) {
      try (var node = new LinkBuffer()) {
        node.writeBytes(new byte[1 << 14], 0, 1 << 14);
        reader.add(node.slice(pieceBytes));
      }
    }

    assertThat(NodePool.shared().heldBytes() - before)
        .isLessThan(2L * reader.heldBytes() + (1 << 14));
  }

  /// Row 22: a few bytes of a message, on many streams.
  @Test
  void row22KeepsNoNodeForFewBytesThatWait() {
    long before = NodePool.shared().heldBytes();
    var reader = reader(Encoding.IDENTITY);
    reader.add(inANodeOfMore(0, 0, 0, 0, 100, 'x'));
    reader.charge();

    assertThat(NodePool.shared().heldBytes()).isEqualTo(before);
    assertThat(held).isEqualTo(6);
    assertThat(reader.heldBytes()).isEqualTo(6);
  }

  @Test
  void row22GathersFewBytesInLittleMemory() {
    try (var into = new LinkBuffer()) {
      for (int i = 0; i < 3; i++) {
        MessageReader.gather(inANodeOfMore(new int[600]), into);
      }

      assertThat(into.size()).isEqualTo(1_800);
      assertThat(into.memoryBytes()).isLessThanOrEqualTo(3_600);
    }
  }

  /// Row 22: what comes behind a message is likely to be read next, and waits where it is until
  /// that is seen.
  @Test
  void row22ChargesTheMemoryOfWhatIsLeftBehindAMessage() {
    long before = NodePool.shared().heldBytes();
    held = -(1 << 12);
    var reader = reader(Encoding.IDENTITY);
    reader.add(inANodeOfMore(0, 0, 0, 0, 1, 'x', 0));
    release(reader.next());
    assertThat(held).isZero();
    assertThat(NodePool.shared().heldBytes() - before).isEqualTo(1 << 12);

    assertThat(reader.next()).isNull();
    assertThat(held).isEqualTo(1 - (1 << 12));
    assertThat(NodePool.shared().heldBytes()).isEqualTo(before);
  }

  @Test
  void leavesARequestThatIsWholeWhereItIs() {
    var data = inANodeOfMore(0, 0, 0, 0, 1, 'x');
    byte[] node = data.headArray();
    var reader = reader(Encoding.IDENTITY);
    reader.add(data);

    try (var message = requireNonNull(reader.next())) {
      assertThat(message.headArray()).isSameAs(node);
    }
  }

  private static LinkBuffer inANodeOfMore(int... bytes) {
    try (var node = new LinkBuffer()) {
      for (int value : bytes) {
        node.writeByte(value);
      }
      node.writeInt(-1);
      return node.slice(bytes.length);
    }
  }

  @Test
  void writesAPrefixBeforeTheMessage() {
    assertThat(HexFormat.of().formatHex(written(Encoding.IDENTITY, "hi")))
        .isEqualTo("00000000026869");
    assertThat(HexFormat.of().formatHex(written(Encoding.IDENTITY, ""))).isEqualTo("0000000000");
  }

  static Stream<Encoding> encodings() {
    return Stream.of(Encoding.IDENTITY, Encoding.GZIP, Encoding.of(new Deflate()));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void readsWhatIsWrittenHoweverItIsCut(Encoding encoding) {
    var bytes = written(encoding, "one", "", "three".repeat(500));
    for (int cut = 0; cut <= bytes.length; cut += 7) {
      var reader = new MessageReader(encoding, MAX_BYTES, encoding.requestLimit(), _ -> {});
      add(reader, Arrays.copyOf(bytes, cut));
      var read = all(reader);
      add(reader, Arrays.copyOfRange(bytes, cut, bytes.length));
      read.addAll(all(reader));
      assertThat(reader.heldBytes()).isZero();
      reader.release();

      assertThat(read).as("cut at %d", cut).containsExactly("one", "", "three".repeat(500));
    }
  }

  @Test
  void row39bRefusesAMessageOverTheLimitBeforeItIsHere() {
    for (int length : List.of(-1, MAX_BYTES + 1)) {
      var reader = reader(Encoding.IDENTITY);
      try (var prefix = new LinkBuffer()) {
        prefix.writeByte(0);
        prefix.writeInt(length);
        reader.add(prefix);
      }

      assertThatThrownBy(reader::wholeBytes)
          .isInstanceOfSatisfying(
              GrpcException.class,
              e -> assertThat(e.status().code()).isEqualTo(GrpcCode.RESOURCE_EXHAUSTED))
          .hasMessageContaining(Integer.toUnsignedString(length));
    }
  }

  @Test
  void chargesWhatIsNotWholeAndWhatIsNotTakenYet() {
    var reader = reader(Encoding.IDENTITY);
    var bytes = written(Encoding.IDENTITY, "one", "three");
    add(reader, Arrays.copyOf(bytes, 7));
    assertThat(reader.next()).isNull();
    assertThat(held).isEqualTo(7);

    add(reader, Arrays.copyOfRange(bytes, 7, bytes.length));
    release(reader.next());
    assertThat(held).isEqualTo(10);
    release(reader.next());
    assertThat(held).isZero();

    add(reader, Arrays.copyOf(bytes, 7));
    assertThat(reader.next()).isNull();
    reader.release();
    assertThat(held).isZero();
  }

  private void hold(int more) {
    held += more;
    if (held > 1_000 && more > 0) {
      throw new GrpcException(GrpcCode.RESOURCE_EXHAUSTED, "no room");
    }
  }

  private static void release(@Nullable LinkBuffer message) {
    requireNonNull(message).release();
  }

  @Test
  void row39jRefusesWhatItsConnectionHasNoRoomFor() {
    var reader = reader(Encoding.IDENTITY);
    add(reader, Arrays.copyOf(written(Encoding.IDENTITY, "x".repeat(2000)), 1001));

    assertThatThrownBy(reader::next)
        .isInstanceOfSatisfying(
            GrpcException.class,
            e -> assertThat(e.status().code()).isEqualTo(GrpcCode.RESOURCE_EXHAUSTED))
        .hasMessageContaining("no room");
  }

  @Test
  void row39cRefusesACompressedMessageWithoutAnEncoding() {
    var reader = reader(Encoding.IDENTITY);
    add(reader, written(Encoding.GZIP, "hi".repeat(50)));

    assertThatThrownBy(reader::next)
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("without a grpc-encoding");
  }

  @ParameterizedTest
  @ValueSource(bytes = {2, 3, -1})
  void row39cRefusesFlagsThatNobodyKnows(byte flag) {
    var reader = reader(Encoding.GZIP);
    add(reader, flag, (byte) 0, (byte) 0, (byte) 0, (byte) 0);

    assertThatThrownBy(reader::next)
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("flag " + Byte.toUnsignedInt(flag));
  }

  @Test
  void readsPlainMessagesAmongCompressedOnes() {
    var reader = reader(Encoding.GZIP);
    add(reader, written(Encoding.GZIP, "one".repeat(50)));
    add(reader, written(Encoding.IDENTITY, "two"));

    assertThat(all(reader)).containsExactly("one".repeat(50), "two");
  }

  @Test
  void compressesWhatGainsByIt() {
    assertThat(written(Encoding.GZIP, "x".repeat(1000)))
        .hasSizeLessThan(100)
        .startsWith(MessageWriter.COMPRESSED);
  }

  /// An empty one, a short one, and one that a reader would take for an attack.
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 2 << 20})
  void leavesAsItIsWhatMustNotBeCompressed(int size) {
    var bytes = written(Encoding.GZIP, "x".repeat(size));

    assertThat(bytes).hasSize(MessageWriter.PREFIX_BYTES + size).startsWith(MessageWriter.PLAIN);
  }

  static Stream<Arguments> compressors() {
    Compressing gzip = GZIPOutputStream::new;
    return Stream.of(
        Arguments.of(Encoding.GZIP, gzip),
        Arguments.of(Encoding.of(new Deflate()), (Compressing) new Deflate()::compressing));
  }

  interface Compressing {
    OutputStream around(OutputStream out) throws IOException;
  }

  @ParameterizedTest
  @MethodSource("compressors")
  void refusesABombWhileItUnpacks(Encoding encoding, Compressing compressing) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = compressing.around(bytes)) {
      out.write(new byte[MAX_BYTES]); // some 4 KiB
    }
    var reader = reader(encoding);
    add(reader, ScriptedServer.message(1, bytes.toByteArray()));

    assertThatThrownBy(reader::next)
        .isInstanceOf(GrpcException.class)
        .hasMessageContaining("once decompressed");
  }

  /// Its client has asked for that much.
  @ParameterizedTest
  @MethodSource("compressors")
  void takesAReplyThatWasVeryLarge(Encoding encoding, Compressing compressing) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = compressing.around(bytes)) {
      out.write(new byte[MAX_BYTES]);
    }
    var reader = new MessageReader(encoding, MAX_BYTES, ExpansionLimit.NONE, this::hold);
    add(reader, ScriptedServer.message(1, bytes.toByteArray()));

    try (var message = reader.next()) {
      assertThat(message).isNotNull().extracting(LinkBuffer::size).isEqualTo(MAX_BYTES);
    }
  }

  @Test
  void refusesWhatIsLargerThanTheLimitOnceItIsUnpacked() {
    var reader = new MessageReader(Encoding.GZIP, 1_000, _ -> 1_000, _ -> {});
    add(reader, written(Encoding.GZIP, "x".repeat(1_001)));

    assertThatThrownBy(reader::next)
        .isInstanceOf(GrpcException.class)
        .hasMessageContaining("more than 1000 bytes once decompressed");
    reader.release();
  }

  @Test
  void refusesWhatIsNoGzip() {
    var bytes = written(Encoding.IDENTITY, "no gzip");
    bytes[0] = 1;
    var reader = reader(Encoding.GZIP);
    add(reader, bytes);

    assertThatThrownBy(reader::next)
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("no gzip");
  }

  @Test
  void refusesToWriteMoreThanTheLimit() {
    var writer = new MessageWriter(Words.TEXT, 4);
    try (var out = new LinkBuffer()) {
      assertThatThrownBy(() -> writer.write("hello", Encoding.IDENTITY, out))
          .isInstanceOf(GrpcException.class)
          .hasMessageContaining("limit: maxMessageBytes 4");
    }
  }
}
