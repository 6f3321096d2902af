package io.windhover.buffer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.Objects;

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
public final class LinkBuffer implements AutoCloseable {

  // How it is fast: the current ranges of the first and the last node are copied into fields, so
  // that a primitive costs one comparison and one access. All else is in the slow paths, which the
  // comparison finds by itself: an exhausted node has no bytes left, an unallocated one has no
  // room,
  // and a released buffer has neither (its limits are -1). While the first node is also the last,
  // readLimit may lag behind writePos; `advance` catches up.
  //
  // readBase + readPos and writeBase + writePos count the bytes ever read and written: their
  // difference is the size, and they identify a byte for as long as the buffer lives.

  static final VarHandle SHORT = view(short[].class);
  static final VarHandle INT = view(int[].class);
  static final VarHandle LONG = view(long[].class);

  private static final byte[] NOTHING = new byte[0];
  private static final int MAX_GROWN_NODE_BYTES = 64 << 10;
  private static final int MAX_NODES_PER_WRITE = 64;
  private static final int MAX_BYTES_PER_WRITE = 128 << 10; // the JDK copies them all on each try
  private static final int LONG_STRING = 64;

  private final NodePool pool;

  private Node head = Node.NONE;
  private byte[] readBytes = NOTHING;
  private int readPos;
  private int readLimit;
  private long readBase;

  private Node tail = Node.NONE;
  private byte[] writeBytes = NOTHING;
  private int writePos;
  private int writeEnd;
  private long writeBase;

  private Node seen = Node.NONE; // where the last get(offset) ended; head or later
  private long seenBase;

  private int nextNodeBytes = NodePool.MIN_BYTES;
  private boolean lastReadWasSmall;

  /// Makes an empty buffer. It takes memory from [NodePool#shared] when something is written.
  public LinkBuffer() {
    this(NodePool.shared());
  }

  /// Makes an empty buffer. It takes memory from `pool` when something is written.
  public LinkBuffer(NodePool pool) {
    this.pool = pool;
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
    int size = (int) (writePosition() - readPosition());
    if (size == 0) {
      checkLive();
    }
    return size;
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
    return (short) (bytes[pos] << 8 | bytes[pos + 1] & 0xff);
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

  // ---- looking

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

  /// Returns the byte at a position that is in the buffer, starting the search where the last one
  /// ended unless that is behind it.
  private byte see(long position) {
    if (seen == Node.NONE || position < seenBase + seen.start) {
      seen = head;
      seenBase = readBase;
    }
    while (seen != tail && position >= seenBase + seen.limit) {
      var next = Objects.requireNonNull(seen.next);
      seenBase += seen.limit - next.start;
      seen = next;
    }
    return seen.bytes[(int) (position - seenBase)];
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

  /// Appends `text` as UTF-8. A lone surrogate becomes `?`, as in [String#getBytes].
  ///
  /// @return the number of bytes written
  public int writeUtf8(String text) {
    int length = text.length();
    if (length <= LONG_STRING
        && length <= writeEnd - writePos
        && Ascii.copy(text, writeBytes, writePos)) {
      writePos += length;
      return length;
    }
    byte[] bytes = text.getBytes(UTF_8);
    writeBytes(bytes, 0, bytes.length);
    return bytes.length;
  }

  /// Appends `text` as [#writeUtf8] does, and before it the number of its bytes as an int.
  public void writeSizedUtf8(String text) {
    int length = text.length();
    if (length <= LONG_STRING
        && length <= writeEnd - writePos - Integer.BYTES
        && Ascii.copy(text, writeBytes, writePos + Integer.BYTES)) {
      INT.set(writeBytes, writePos, length);
      writePos += Integer.BYTES + length;
      return;
    }
    byte[] bytes = text.getBytes(UTF_8);
    writeInt(bytes.length);
    writeBytes(bytes, 0, bytes.length);
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
  public void append(LinkBuffer other) {
    if (other == this) {
      throw new IllegalArgumentException("cannot append a buffer to itself");
    }
    checkLive();
    int count = other.size();
    if (count > 0) {
      other.seal();
      other.head.start = other.readPos;
      splice(other.head, other.tail, count);
      other.forgetNodes();
    } else {
      other.freeNodes();
    }
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

  private void adaptNodeBytes(int count, int room) {
    boolean small = count < nextNodeBytes / 4;
    if (count == room) {
      nextNodeBytes = Math.min(nextNodeBytes * 2, MAX_GROWN_NODE_BYTES);
    } else if (small && lastReadWasSmall) {
      nextNodeBytes = Math.max(nextNodeBytes / 2, NodePool.MIN_BYTES);
    }
    lastReadWasSmall = small;
  }

  /// Writes once to `out` from the head, at most 128 KiB, and consumes what `out` took.
  ///
  /// @return the number of bytes written
  public long writeTo(GatheringByteChannel out) throws IOException {
    if (size() == 0) {
      return 0;
    }
    advance();
    long count;
    if (head == tail || readLimit - readPos >= MAX_BYTES_PER_WRITE) {
      int part = Math.min(readLimit - readPos, MAX_BYTES_PER_WRITE);
      count = out.write(ByteBuffer.wrap(readBytes, readPos, part));
    } else {
      var parts = new ByteBuffer[MAX_NODES_PER_WRITE];
      count = out.write(parts, 0, gather(parts));
    }
    skip((int) count);
    if (readPosition() == writePosition()) {
      freeNodes();
    }
    return count;
  }

  private int gather(ByteBuffer[] parts) {
    parts[0] = ByteBuffer.wrap(readBytes, readPos, readLimit - readPos);
    int used = 1;
    int room = MAX_BYTES_PER_WRITE - parts[0].remaining();
    for (var node = head; node != tail && used < parts.length && room > 0; used++) {
      node = Objects.requireNonNull(node.next);
      int limit = node == tail ? writePos : node.limit;
      int part = Math.min(limit - node.start, room);
      parts[used] = ByteBuffer.wrap(node.bytes, node.start, part);
      room -= part;
    }
    return used;
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

  // ---- nodes

  long readPosition() {
    return readBase + readPos;
  }

  long writePosition() {
    return writeBase + writePos;
  }

  private void checkLive() {
    if (readLimit < 0) {
      throw new IllegalStateException("released");
    }
  }

  /// Checks that `count` bytes can be read, and that the first node has some of them.
  private void need(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count: " + count);
    }
    int size = size();
    if (size < count) {
      throw new UnderflowException(count, size);
    }
    advance();
  }

  /// Leaves nodes that are read to their end, and picks up what was written to the first one.
  private void advance() {
    while (head != tail && readPos == readLimit) {
      unlinkHead().memory.release();
    }
    if (head == tail) {
      readLimit = writePos;
    }
  }

  /// Takes the first of several nodes out of the chain.
  private Node unlinkHead() {
    var node = head;
    var next = Objects.requireNonNull(node.next);
    node.start = readPos;
    node.next = null;
    if (seen == node) {
      seen = Node.NONE;
    }
    enter(next, readBase + readLimit);
    return node;
  }

  private void enter(Node node, long position) {
    head = node;
    readBytes = node.bytes;
    readPos = node.start;
    readLimit = node == tail ? writePos : node.limit;
    readBase = position - readPos;
  }

  /// Makes `count` bytes of room in one node, a new one and larger than the last.
  private void room(int count) {
    if (size() > 0) {
      nextNodeBytes = Math.min(nextNodeBytes * 2, MAX_GROWN_NODE_BYTES);
    }
    addNode(count);
  }

  private void addNode(int minBytes) {
    if (size() == 0) {
      freeNodes();
    }
    link(Node.owning(pool.take(Math.max(minBytes, nextNodeBytes))));
  }

  private void link(Node node) {
    splice(node, node, node.limit - node.start);
  }

  /// Puts a chain of nodes behind the last one.
  private void splice(Node first, Node last, int count) {
    if (count > Integer.MAX_VALUE - size()) {
      throw new IllegalStateException("a buffer holds less than 2 GiB");
    }
    long position = writePosition();
    boolean wasEmpty = tail == Node.NONE;
    if (!wasEmpty) {
      seal();
      tail.next = first;
    }
    tail = last;
    writeBytes = last.bytes;
    writePos = last.limit;
    writeEnd = last.end;
    writeBase = position + count - writePos;
    if (wasEmpty) {
      enter(first, position);
    }
  }

  /// Stores the limit of the last node in it.
  private void seal() {
    tail.limit = writePos;
    if (head == tail) {
      readLimit = writePos;
    }
  }

  private void freeNodes() {
    for (var node = head; node != Node.NONE; ) {
      node.memory.release();
      node = node == tail ? Node.NONE : Objects.requireNonNull(node.next);
    }
    forgetNodes();
  }

  private void forgetNodes() {
    long position = writePosition();
    head = Node.NONE;
    tail = Node.NONE;
    seen = Node.NONE;
    readBytes = NOTHING;
    writeBytes = NOTHING;
    readPos = 0;
    readLimit = 0;
    readBase = position;
    writePos = 0;
    writeEnd = 0;
    writeBase = position;
  }
}
