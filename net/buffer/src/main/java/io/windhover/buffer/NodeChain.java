package io.windhover.buffer;

import java.util.Objects;

/// The nodes of a [LinkBuffer]: which there are, where reading and writing stand, and who frees
/// them.
///
/// How it is fast: the current ranges of the first and the last node are copied into fields, so
/// that a primitive costs one comparison and one access. All else is in slow paths, which that
/// comparison finds by itself: an exhausted node has no bytes left, an unallocated one has no room,
/// and a released buffer has neither (its limits are -1). While the first node is also the last,
/// `readLimit` may lag behind `writePos`; [#advance] catches up.
///
/// `readBase + readPos` and `writeBase + writePos` count the bytes ever read and written: their
/// difference is the size, and each names a byte for as long as the buffer lives.
abstract sealed class NodeChain permits LinkBuffer {

  static final int MAX_GROWN_NODE_BYTES = 64 << 10;

  private static final byte[] NOTHING = new byte[0];

  final NodePool pool;

  Node head = Node.NONE;
  byte[] readBytes = NOTHING;
  int readPos;
  int readLimit;
  long readBase;

  Node tail = Node.NONE;
  byte[] writeBytes = NOTHING;
  int writePos;
  int writeEnd;
  long writeBase;

  Node seen = Node.NONE; // where the last get(offset) ended; head or later
  long seenBase;

  int nextNodeBytes = NodePool.MIN_BYTES;
  boolean lastReadWasSmall;

  NodeChain(NodePool pool) {
    this.pool = pool;
  }

  int readable() {
    int size = (int) (writePosition() - readPosition());
    if (size == 0) {
      checkLive();
    }
    return size;
  }

  long readPosition() {
    return readBase + readPos;
  }

  long writePosition() {
    return writeBase + writePos;
  }

  void checkLive() {
    if (readLimit < 0) {
      throw new IllegalStateException("released");
    }
  }

  /// Checks that `count` bytes can be read, and that the first node has some of them.
  void need(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count: " + count);
    }
    int size = readable();
    if (size < count) {
      throw new UnderflowException(count, size);
    }
    advance();
  }

  /// Leaves nodes that are read to their end, and picks up what was written to the first one.
  void advance() {
    while (head != tail && readPos == readLimit) {
      unlinkHead().memory.release();
    }
    if (head == tail) {
      readLimit = writePos;
    }
  }

  /// Takes the first of several nodes out of the chain.
  Node unlinkHead() {
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
  void room(int count) {
    if (readable() > 0) {
      nextNodeBytes = Math.min(nextNodeBytes * 2, MAX_GROWN_NODE_BYTES);
    }
    addNode(count);
  }

  void addNode(int minBytes) {
    if (readable() == 0) {
      freeNodes();
    }
    link(Node.owning(pool.take(Math.max(minBytes, nextNodeBytes))));
  }

  void link(Node node) {
    splice(node, node, node.limit - node.start);
  }

  /// Puts a chain of nodes behind the last one.
  void splice(Node first, Node last, int count) {
    if (count > Integer.MAX_VALUE - readable()) {
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
  void seal() {
    tail.limit = writePos;
    if (head == tail) {
      readLimit = writePos;
    }
  }

  void freeNodes() {
    for (var node = head; node != Node.NONE; ) {
      node.memory.release();
      node = node == tail ? Node.NONE : Objects.requireNonNull(node.next);
    }
    forgetNodes();
  }

  void forgetNodes() {
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

  /// Returns the byte at a position that is in the buffer, starting the search where the last one
  /// ended unless that is behind it.
  byte see(long position) {
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
}
