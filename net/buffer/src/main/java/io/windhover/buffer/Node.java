package io.windhover.buffer;

import org.jspecify.annotations.Nullable;

/// One piece of a [LinkBuffer]: a range of some [Memory], and the room behind it that only this
/// node may fill.
///
/// ```
///   bytes  |  not ours  |  readable  |  room  |  not ours  |
///                     start        limit     end
/// ```
///
/// The buffer keeps the `start` of its first node and the `limit` of its last one in fields of its
/// own, and stores them here when the node stops being first or last.
final class Node {

  /// Stands where a buffer has no node. Holds nothing and is never linked.
  static final Node NONE = new Node(new Memory(new byte[0], null), 0, 0, 0);

  final Memory memory;
  final byte[] bytes;
  final int end;
  int start;
  int limit;
  @Nullable Node next;

  Node(Memory memory, int start, int limit, int end) {
    this.memory = memory;
    this.bytes = memory.bytes;
    this.start = start;
    this.limit = limit;
    this.end = end;
  }

  /// An empty node that owns all of `memory`.
  static Node owning(Memory memory) {
    return new Node(memory, 0, 0, memory.bytes.length);
  }

  /// A second node on a part of this one's readable range, with no room.
  Node share(int from, int to) {
    memory.retain();
    return new Node(memory, from, to, to);
  }
}
