package io.windhover.buffer;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Lends byte arrays to [LinkBuffer]s and keeps a bounded number of returned ones.
///
/// Sizes are powers of two from 4 KiB to 256 KiB, one lock-free free list each; what is larger is
/// allocated and left to the garbage collector. There is nothing per thread, since memory is
/// typically taken by a poller and returned by some virtual thread. Safe for use by many threads.
public final class NodePool {

  static final int MIN_BYTES = 4 << 10;
  static final int MAX_BYTES = 256 << 10;

  private static final int MIN_SHIFT = Integer.numberOfTrailingZeros(MIN_BYTES);
  private static final int SIZES = Integer.numberOfTrailingZeros(MAX_BYTES) - MIN_SHIFT + 1;
  private static final int SHARED_IDLE_BYTES_PER_SIZE = 8 << 20;

  private static final NodePool SHARED = new NodePool(SHARED_IDLE_BYTES_PER_SIZE);

  private final FreeList[] free = new FreeList[SIZES];
  private final LongAdder heldBytes = new LongAdder();
  private volatile @Nullable Leases leases; // null while nobody traces them

  /// @param maxIdleBytesPerSize how much returned memory to keep of each of the seven sizes
  public NodePool(int maxIdleBytesPerSize) {
    Arrays.setAll(free, size -> new FreeList(maxIdleBytesPerSize >> (MIN_SHIFT + size)));
  }

  /// Returns the pool of buffers that name none. It keeps at most 8 MiB of each size.
  public static NodePool shared() {
    return SHARED;
  }

  /// Returns the memory now lent to buffers. A test that ends with more than it began with has lost
  /// a buffer without releasing it.
  public long heldBytes() {
    return heldBytes.sum();
  }

  /// Returns the memory that waits here to be lent again.
  public long idleBytes() {
    long bytes = 0;
    for (int size = 0; size < SIZES; size++) {
      bytes += (long) free[size].depth() << (MIN_SHIFT + size);
    }
    return bytes;
  }

  /// Begins to note where memory is taken, or stops and forgets. For tests: each taking walks the
  /// stack.
  public void traceLeases(boolean on) {
    leases = on ? new Leases() : null;
  }

  /// Returns where memory was taken that was not returned since tracing began: a text for each
  /// place, with its bytes and innermost callers; the one with most bytes first. Empty without
  /// tracing.
  public List<String> leases() {
    var traced = leases;
    return traced == null ? List.of() : traced.report();
  }

  Memory take(int minBytes) {
    if (minBytes > MAX_BYTES) {
      return lend(new byte[minBytes]);
    }
    int size = sizeFor(minBytes);
    byte[] bytes = free[size].pop();
    return lend(bytes != null ? bytes : new byte[MIN_BYTES << size]);
  }

  private Memory lend(byte[] bytes) {
    var memory = new Memory(bytes, this);
    heldBytes.add(bytes.length);
    var traced = leases;
    if (traced != null) {
      traced.add(memory);
    }
    return memory;
  }

  void give(Memory memory) {
    heldBytes.add(-memory.bytes.length);
    var traced = leases;
    if (traced != null) {
      traced.remove(memory);
    }
    if (memory.bytes.length <= MAX_BYTES) {
      free[sizeFor(memory.bytes.length)].push(memory);
    }
  }

  private static int sizeFor(int bytes) {
    return bytes <= MIN_BYTES
        ? 0
        : Integer.SIZE - Integer.numberOfLeadingZeros(bytes - 1) - MIN_SHIFT;
  }
}
