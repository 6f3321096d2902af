package io.windhover.rpc.server;

import java.util.concurrent.atomic.AtomicLong;

/// How many calls are under way on one multiplexed connection, and how many bytes their requests
/// have: one number, so that both change in one step. For any thread; takes no lock.
final class CallLoad {

  /// Calls that may be under way before there is no room.
  static final int MAX_CALLS = 1024;

  /// Their bytes at which there is none; one more message may be on its way already.
  private static final int MAX_BYTES = 16 << 20;

  /// Calls with which there is room again: a few less, so that not each call makes and takes it.
  private static final int RESUME_CALLS = MAX_CALLS - 64;

  /// What the number grows by with each call, besides the bytes of its request.
  private static final long ONE_CALL = 1L << 40;

  private final AtomicLong load = new AtomicLong();

  /// A call begins.
  ///
  /// @return whether there is no room for another
  boolean begin(int bytes) {
    long now = load.addAndGet(ONE_CALL + bytes);
    return calls(now) >= MAX_CALLS || bytes(now) >= MAX_BYTES;
  }

  /// A call has ended.
  ///
  /// @return whether it was the last
  boolean end(int bytes) {
    return load.addAndGet(-ONE_CALL - bytes) == 0;
  }

  boolean isNone() {
    return load.get() == 0;
  }

  /// Whether there is room again once there was none.
  boolean hasRoomAgain() {
    long now = load.get();
    return calls(now) <= RESUME_CALLS && bytes(now) < MAX_BYTES;
  }

  private static long calls(long load) {
    return load / ONE_CALL;
  }

  private static long bytes(long load) {
    return load % ONE_CALL;
  }
}
