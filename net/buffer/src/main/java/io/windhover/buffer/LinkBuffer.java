package io.windhover.buffer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import java.util.zip.Checksum;

/// A queue of bytes in a chain of pooled nodes: they go in at the tail and come out at the head.
///
/// ```
///        head                                 tail
///   +-----------+      +-----------+      +-----------+
///   |xxx|       | ---> |           | ---> |       |   |
///   +-----------+      +-----------+      +-----------+
///       ^ read                                  ^ write
/// ```
///
/// Integers are big-endian. Reading takes memory back to the pool node by node. A buffer has one
/// owner at a time and is not safe for use by two threads, but a [#slice] is a buffer of its own
/// and may live on another thread, even though it shares memory with this one.
///
/// The owner releases it. After that every use throws IllegalStateException, and releasing again
/// does nothing. Asking for more than there is throws [UnderflowException] and changes nothing.
public final class LinkBuffer extends NodeChain implements AutoCloseable {

  static final VarHandle SHORT = view(short[].class);
  static final VarHandle INT = view(int[].class);
  static final VarHandle LONG = view(long[].class);

  private static final int COPIED_BYTES = 512;
  private static final int MAX_VARINT_BYTES = 10;

  /// Makes an empty buffer. It takes memory from [NodePool#shared] when something is written.
  public LinkBuffer() {
    this(NodePool.shared());
  }

  /// Makes an empty buffer. It takes memory from `pool` when something is written.
  public LinkBuffer(NodePool pool) {
    super(pool);
  }

  /// Makes a buffer that holds `bytes` without a copy. They are never written to and never pooled;
  /// the caller does not change them while the buffer or a slice of it lives.
  public static LinkBuffer wrap(byte[] bytes) {
    var buffer = new LinkBuffer();
    var memory = new Memory(bytes, null);
    buffer.link(new Node(memory, 0, bytes.length, bytes.length));
    return buffer;
  }

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.BIG_ENDIAN);
  }

  /// Returns how many bytes can be read.
  public int size() {
    return readable();
  }

  /// Returns how much memory this buffer keeps: all of each piece in which bytes of it lie, also
  /// where others share it.
  public int memoryBytes() {
    checkLive();
    long bytes = 0;
    for (var node = head; node != Node.NONE; ) {
      bytes += node.bytes.length;
      node = node == tail ? Node.NONE : Objects.requireNonNull(node.next);
    }
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }

  // ---- reading

  public byte readByte() {
    if (readPos >= readLimit) {
      need(1);
    }
    return readBytes[readPos++];
  }

  public short readShort() {
    int pos = readPos;
    if (readLimit - pos < Short.BYTES) {
      return (short) readSlowly(Short.BYTES);
    }
    readPos = pos + Short.BYTES;
    var bytes = readBytes;
    return (short) (bytes[pos] << Byte.SIZE | (bytes[pos + 1] & 0xff));
  }

  public int readInt() {
    int pos = readPos;
    if (readLimit - pos < Integer.BYTES) {
      return (int) readSlowly(Integer.BYTES);
    }
    readPos = pos + Integer.BYTES;
    return (int) INT.get(readBytes, pos);
  }

  public long readLong() {
    int pos = readPos;
    if (readLimit - pos < Long.BYTES) {
      return readSlowly(Long.BYTES);
    }
    readPos = pos + Long.BYTES;
    return (long) LONG.get(readBytes, pos);
  }

  private long readSlowly(int count) {
    need(count);
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << Byte.SIZE | Byte.toUnsignedLong(readByte());
    }
    return value;
  }

  /// Reads `count` bytes into `target` from `offset` on.
  public void readBytes(byte[] target, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, target.length);
    if (count > readLimit - readPos) {
      need(count);
    }
    int done = 0;
    while (true) {
      int part = Math.min(count - done, readLimit - readPos);
      System.arraycopy(readBytes, readPos, target, offset + done, part);
      readPos += part;
      done += part;
      if (done == count) {
        return;
      }
      advance();
    }
  }

  /// Reads `count` bytes as UTF-8. What is not UTF-8 becomes U+FFFD, as in `new String`.
  public String readUtf8(int count) {
    int pos = readPos;
    if (count < 0 || count > readLimit - pos) {
      return readUtf8Slowly(count);
    }
    readPos = pos + count;
    return new String(readBytes, pos, count, UTF_8);
  }

  private String readUtf8Slowly(int count) {
    need(count);
    if (count <= readLimit - readPos) {
      return readUtf8(count);
    }
    byte[] bytes = new byte[count];
    readBytes(bytes, 0, count);
    return new String(bytes, UTF_8);
  }

  /// Drops `count` bytes from the head.
  public void skip(int count) {
    if (count < 0 || count > readLimit - readPos) {
      need(count);
    }
    int left = count;
    while (left > readLimit - readPos) {
      left -= readLimit - readPos;
      readPos = readLimit;
      advance();
    }
    readPos += left;
  }

  /// Cuts `count` bytes off the head, as a buffer of its own with its own release. Nothing is
  /// copied: whole nodes move over, a node that is cut is shared.
  public LinkBuffer slice(int count) {
    need(count);
    var slice = new LinkBuffer(pool);
    if (count == size()) {
      slice.append(this);
      return slice;
    }
    int left = count;
    while (left > readLimit - readPos) {
      left -= readLimit - readPos;
      slice.link(unlinkHead());
      advance();
    }
    if (left > 0) {
      slice.link(head.share(readPos, readPos + left));
      readPos += left;
    }
    return slice;
  }

  /// Returns another buffer with the same bytes, without a copy: the memory is shared until both
  /// have let go of it. For one frame to several connections.
  public LinkBuffer duplicate() {
    var duplicate = new LinkBuffer(pool);
    if (size() == 0) {
      return duplicate;
    }
    for (var node = head; ; node = Objects.requireNonNull(node.next)) {
      int start = node == head ? readPos : node.start;
      int limit = node == tail ? writePos : node.limit;
      duplicate.link(node.share(start, limit));
      if (node == tail) {
        return duplicate;
      }
    }
  }

  // ---- looking

  /// Returns the array in which the first bytes lie, for code that reads many small values: it
  /// takes them from [#headOffset] on, [#headCount] bytes at most, and then [skips][#skip] them.
  ///
  /// The array is not to be changed, and is this buffer's no more once the bytes are skipped.
  public byte[] headArray() {
    if (size() > 0) {
      advance();
    }
    return readBytes;
  }

  /// Returns where in [#headArray], which is called before, the first byte lies.
  public int headOffset() {
    return readPos;
  }

  /// Returns how many bytes from [#headOffset] on are in [#headArray]; 0 if the buffer is empty.
  public int headCount() {
    return readLimit - readPos;
  }

  /// Returns the byte at `offset` from the head and consumes nothing.
  public byte getByte(int offset) {
    int pos = readPos + offset;
    return offset >= 0 && offset < readLimit - readPos
        ? readBytes[pos]
        : (byte) getSlowly(offset, Byte.BYTES);
  }

  /// Returns the two bytes at `offset` from the head and consumes nothing.
  public short getShort(int offset) {
    return offset >= 0 && offset <= readLimit - readPos - Short.BYTES
        ? (short) SHORT.get(readBytes, readPos + offset)
        : (short) getSlowly(offset, Short.BYTES);
  }

  /// Returns the four bytes at `offset` from the head and consumes nothing.
  public int getInt(int offset) {
    return offset >= 0 && offset <= readLimit - readPos - Integer.BYTES
        ? (int) INT.get(readBytes, readPos + offset)
        : (int) getSlowly(offset, Integer.BYTES);
  }

  /// Returns the eight bytes at `offset` from the head and consumes nothing.
  public long getLong(int offset) {
    return offset >= 0 && offset <= readLimit - readPos - Long.BYTES
        ? (long) LONG.get(readBytes, readPos + offset)
        : getSlowly(offset, Long.BYTES);
  }

  /// Returns how far from the head the first `value` is, or -1; consumes nothing.
  ///
  /// @param from looks no nearer than that: what an earlier look has covered
  public int indexOf(byte value, int from) {
    Objects.checkIndex(from, size() + 1);
    int offset = -readPos; // of the node's byte 0
    for (var node = head; node != Node.NONE; ) {
      int start = node == head ? readPos : node.start;
      int limit = node == tail ? writePos : node.limit;
      for (int i = Math.max(start, from - offset); i < limit; i++) {
        if (node.bytes[i] == value) {
          return offset + i;
        }
      }
      if (node == tail) {
        return -1;
      }
      node = Objects.requireNonNull(node.next);
      offset += limit - node.start;
    }
    return -1;
  }

  /// Updates `checksum` with the bytes from `from` on; consumes nothing.
  public void checksum(Checksum checksum, int from) {
    Objects.checkIndex(from, size() + 1);
    int left = from; // to leave out
    for (var node = head; node != Node.NONE; node = Objects.requireNonNull(node.next)) {
      int start = node == head ? readPos : node.start;
      int limit = node == tail ? writePos : node.limit;
      int skipped = Math.min(left, limit - start);
      checksum.update(node.bytes, start + skipped, limit - start - skipped);
      left -= skipped;
      if (node == tail) {
        return;
      }
    }
  }

  private long getSlowly(int offset, int count) {
    if (offset < 0) {
      throw new IndexOutOfBoundsException("offset: " + offset);
    }
    int size = size();
    if (offset > size - count) {
      throw new UnderflowException((int) Math.min((long) offset + count, Integer.MAX_VALUE), size);
    }
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << Byte.SIZE | Byte.toUnsignedLong(see(readPosition() + offset + i));
    }
    return value;
  }

  // ---- writing

  /// Appends the low byte of `value`.
  public void writeByte(int value) {
    if (writePos >= writeEnd) {
      room(Byte.BYTES);
    }
    writeBytes[writePos++] = (byte) value;
  }

  /// Appends the low two bytes of `value`.
  public void writeShort(int value) {
    if (writeEnd - writePos < Short.BYTES) {
      room(Short.BYTES);
    }
    SHORT.set(writeBytes, writePos, (short) value);
    writePos += Short.BYTES;
  }

  public void writeInt(int value) {
    if (writeEnd - writePos < Integer.BYTES) {
      room(Integer.BYTES);
    }
    INT.set(writeBytes, writePos, value);
    writePos += Integer.BYTES;
  }

  public void writeLong(long value) {
    if (writeEnd - writePos < Long.BYTES) {
      room(Long.BYTES);
    }
    LONG.set(writeBytes, writePos, value);
    writePos += Long.BYTES;
  }

  /// Appends `value` in one to ten bytes: seven bits a byte, the lowest first, and in each but the
  /// last the highest bit set, as LEB128, Protobuf and Thrift's compact protocol have it.
  public void writeVarint(long value) {
    if (writeEnd - writePos < MAX_VARINT_BYTES) {
      room(MAX_VARINT_BYTES);
    }
    var bytes = writeBytes;
    int pos = writePos;
    long left = value;
    while ((left & ~0x7f) != 0) {
      bytes[pos++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[pos++] = (byte) left;
    writePos = pos;
  }

  /// Appends the low `count` bytes of `bits`, the highest of them first: several small values with
  /// one check and one store.
  ///
  /// @param count 1 to 8
  public void writeBits(long bits, int count) {
    if (writeEnd - writePos < Long.BYTES) {
      room(Long.BYTES);
    }
    LONG.set(writeBytes, writePos, bits << (Long.SIZE - count * Byte.SIZE));
    writePos += count;
  }

  /// Appends the low `count` bytes of `bits`, then all eight of `more`.
  ///
  /// @param count 1 to 8
  public void writeBits(long bits, int count, long more) {
    if (writeEnd - writePos < 2 * Long.BYTES) {
      room(2 * Long.BYTES);
    }
    LONG.set(writeBytes, writePos, bits << (Long.SIZE - count * Byte.SIZE));
    LONG.set(writeBytes, writePos + count, more);
    writePos += count + Long.BYTES;
  }

  /// Appends `count` bytes of `source` from `offset` on.
  public void writeBytes(byte[] source, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, source.length);
    int done = 0;
    while (count - done > writeEnd - writePos) {
      int part = Math.max(writeEnd - writePos, 0);
      System.arraycopy(source, offset + done, writeBytes, writePos, part);
      writePos += part;
      done += part;
      room(Math.min(count - done, NodePool.MAX_BYTES));
    }
    System.arraycopy(source, offset + done, writeBytes, writePos, count - done);
    writePos += count - done;
  }

  /// Appends a copy of all bytes of `source` and consumes them there.
  public void copy(LinkBuffer source) {
    for (int left = source.size(); left > 0; ) {
      source.advance();
      int part = Math.min(left, source.readLimit - source.readPos);
      writeBytes(source.readBytes, source.readPos, part);
      source.readPos += part;
      left -= part;
    }
  }

  /// Appends `text` as UTF-8. A lone surrogate becomes `?`, as in [String#getBytes].
  ///
  /// @return the number of bytes written
  public int writeUtf8(String text) {
    byte[] bytes = text.getBytes(UTF_8); // faster than any loop over the characters
    writeBytes(bytes, 0, bytes.length);
    return bytes.length;
  }

  /// Appends `text` as [#writeUtf8] does, and before it the number of its bytes as an int.
  public void writeSizedUtf8(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    writeInt(bytes.length);
    writeBytes(bytes, 0, bytes.length);
  }

  /// Returns the array in which the next bytes go, for code that writes into arrays: it puts
  /// `count` of them at most from [#tailOffset] on, and then [adds][#addTail] those that it has put
  /// there.
  ///
  /// @param count for which there is room; more than 256 KiB are an array by themselves, which is
  ///   not pooled
  public byte[] tailArray(int count) {
    if (count > writeEnd - writePos) {
      room(count);
    }
    return writeBytes;
  }

  /// Returns where in [#tailArray], which is called before, the next byte goes.
  public int tailOffset() {
    return writePos;
  }

  /// Returns how many bytes there is room for in [#tailArray], which is called before, from
  /// [#tailOffset] on: as many as were asked for, or more.
  public int tailRoom() {
    return writeEnd - writePos;
  }

  /// Appends the `count` bytes that were put in [#tailArray] from [#tailOffset] on.
  public void addTail(int count) {
    Objects.checkFromIndexSize(writePos, count, writeEnd);
    writePos += count;
  }

  /// Appends `count` bytes that are to be set later.
  public Reservation reserve(int count) {
    if (count > writeEnd - writePos) {
      room(count);
    }
    var reservation = new Reservation(this, writeBytes, writePos, count, writePosition());
    writePos += count;
    return reservation;
  }

  /// Moves all bytes of `other` to the tail. `other` is empty then and holds no memory.
  ///
  /// Its nodes are moved, but up to 512 bytes are copied if the last node has room for them:
  /// cheaper than to hold a node for them and to hand it to a socket.
  public void append(LinkBuffer other) {
    if (other == this) {
      throw new IllegalArgumentException("cannot append a buffer to itself");
    }
    checkLive();
    int count = other.size();
    if (count <= COPIED_BYTES && count <= writeEnd - writePos) {
      other.readBytes(writeBytes, writePos, count);
      writePos += count;
      other.freeNodes();
    } else {
      other.seal();
      other.head.start = other.readPos;
      splice(other.head, other.tail, count);
      other.forgetNodes();
    }
  }

  /// Moves the bytes to memory of their own if this buffer keeps more than twice as much as they
  /// need: for what arrived with much else and is to wait. That memory is not pooled, and has as
  /// much room as bytes, so that moving costs little however small the pieces are in which more
  /// comes. Not while there is a [Reservation].
  public void compact() {
    int count = size();
    if (memoryBytes() <= 2L * count) {
      return;
    }
    byte[] bytes = new byte[2 * count];
    readBytes(bytes, 0, count);
    freeNodes();
    link(new Node(new Memory(bytes, null), 0, count, bytes.length));
  }

  // ---- channels

  /// Reads once from `in` into the room of the last node, or into a new node if that is full.
  ///
  /// New nodes grow while reads fill them, up to 64 KiB, and shrink again.
  ///
  /// @return the number of bytes read, 0 if there were none, -1 at the end of the stream
  public int readFrom(ReadableByteChannel in) throws IOException {
    if (writePos >= writeEnd) {
      addNode(1);
    }
    int room = writeEnd - writePos;
    int count = in.read(ByteBuffer.wrap(writeBytes, writePos, room));
    if (count > 0) {
      writePos += count;
    }
    if (size() == 0) {
      freeNodes();
    }
    adaptNodeBytes(count, room);
    return count;
  }

  /// Whether the last node has room left: right after a read, whether that took all there was.
  public boolean hasRoom() {
    return writePos < writeEnd;
  }

  private void adaptNodeBytes(int count, int room) {
    boolean small = count < nextNodeBytes / 4;
    if (count == room) {
      nextNodeBytes = Math.min(nextNodeBytes * 2, MAX_GROWN_NODE_BYTES);
    } else if (small && lastReadWasSmall) {
      nextNodeBytes = Math.max(nextNodeBytes / 2, NodePool.MIN_BYTES);
    }
    lastReadWasSmall = small;
  }

  /// Writes once to `out` from the head, at most 128 KiB, and consumes what `out` took. Bytes of
  /// several nodes are gathered before: `out` sees one range.
  ///
  /// @return the number of bytes written
  public long writeTo(WritableByteChannel out) throws IOException {
    if (size() == 0) {
      return 0;
    }
    advance();
    long count;
    if (head == tail || readLimit - readPos >= Staging.BYTES) {
      int part = Math.min(readLimit - readPos, Staging.BYTES);
      count = out.write(ByteBuffer.wrap(readBytes, readPos, part));
    } else {
      var gathered = Staging.take();
      try {
        gather(gathered);
        count = out.write(gathered.flip());
      } finally {
        Staging.give(gathered);
      }
    }
    skip((int) count);
    if (readPosition() == writePosition()) {
      freeNodes();
    }
    return count;
  }

  private void gather(ByteBuffer target) {
    target.put(readBytes, readPos, readLimit - readPos);
    for (var node = head; node != tail && target.hasRemaining(); ) {
      node = Objects.requireNonNull(node.next);
      int limit = node == tail ? writePos : node.limit;
      target.put(node.bytes, node.start, Math.min(limit - node.start, target.remaining()));
    }
  }

  // ---- the end

  /// Gives the memory back. Every later use throws IllegalStateException; releasing again does
  /// nothing.
  public void release() {
    if (readLimit >= 0) {
      freeNodes();
      readLimit = -1;
      writeEnd = -1;
    }
  }

  /// The same as [#release].
  @Override
  public void close() {
    release();
  }

  /// Returns size only, since the bytes may be anybody's secrets.
  @Override
  public String toString() {
    return readLimit < 0 ? "LinkBuffer[released]" : "LinkBuffer[" + size() + " bytes]";
  }
}
