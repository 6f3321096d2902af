package io.windhover.netpoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;

/// An epoll instance, and an event counter in it that ends a wait. All but [#wake] is for one
/// thread.
///
/// ```
///           0          4          8          12         16
///           +----------+----------+----------+
///   x86_64  | events   | descriptor, 64 bits |
///           +----------+----------+----------+----------+
///   aarch64 | events   | padding  | descriptor, 64 bits |
///           +----------+----------+----------+----------+
/// ```
///
/// The counter is watched for changes (EPOLLET), so nobody has to read it: each count wakes once,
/// and 2^64 of them do not happen.
///
/// Source: epoll_ctl(2), epoll_wait(2), eventfd(2); `EPOLL_PACKED` in the kernel's header.
final class Epoll {

  static final int ENDED = 0x2000; // the peer has shut down its side
  static final int READABLE = 0x001 | ENDED;
  static final int WRITABLE = 0x004;
  static final int ERROR = 0x008; // such as a reset; told whatever is waited for
  static final int BROKEN = ERROR | 0x010; // or both sides are shut down

  private static final int EDGE_TRIGGERED = 1 << 31;

  /// Waits for BROKEN alone, and is told of it once.
  static final int NOTHING_ELSE = EDGE_TRIGGERED;

  private static final int ADD = 1;
  private static final int REMOVE = 2;
  private static final int MODIFY = 3;

  private static final int MAX_EVENTS = 512;
  private static final int DESCRIPTOR_AT = Defaults.ARCHITECTURE.equals("amd64") ? 4 : 8;
  private static final int EVENT_BYTES = DESCRIPTOR_AT + Long.BYTES;

  private final int epoll;
  private final int counter;
  private final MemorySegment callState;
  private final MemorySegment change;
  private final MemorySegment events;

  private final ReentrantLock waking = new ReentrantLock(); // keeps the counter open meanwhile
  private final MemorySegment wakeState; // guarded by waking
  private boolean closed; // guarded by waking

  Epoll() throws IOException {
    var arena = Arena.ofAuto(); // the calls get bare addresses: this object keeps the memory alive
    callState = arena.allocate(Linker.Option.captureStateLayout());
    wakeState = arena.allocate(Linker.Option.captureStateLayout());
    change = arena.allocate(EVENT_BYTES, Long.BYTES);
    events = arena.allocate((long) EVENT_BYTES * MAX_EVENTS, Long.BYTES);
    epoll = Linux.check(Linux.createEpoll());
    int created = Linux.createEventCounter();
    try {
      counter = Linux.check(created);
      change(counter, 0, READABLE | EDGE_TRIGGERED);
    } catch (IOException | RuntimeException | Error e) {
      if (created >= 0) {
        Linux.close(created);
      }
      Linux.close(epoll);
      throw e;
    }
  }

  /// Changes what is waited for on `descriptor` from `before` to `after`; 0 is nothing, not even
  /// BROKEN.
  void change(int descriptor, int before, int after) throws IOException {
    if (before == after) {
      return;
    }
    int operation = before == 0 ? ADD : after == 0 ? REMOVE : MODIFY;
    change.set(JAVA_INT, 0, after);
    change.set(JAVA_INT_UNALIGNED, DESCRIPTOR_AT, descriptor);
    Linux.check(Linux.controlEpoll(epoll, operation, descriptor, change));
  }

  /// @return how many events there are, perhaps 0
  int await(int timeoutMillis) throws IOException {
    int count = Linux.waitForEvents(callState, epoll, events, MAX_EVENTS, timeoutMillis);
    return count == -Linux.EINTR ? 0 : Linux.check(count);
  }

  /// What the event of this index, of the last wait, is about; the event counter is among them.
  int descriptor(int index) {
    return events.get(JAVA_INT_UNALIGNED, (long) index * EVENT_BYTES + DESCRIPTOR_AT);
  }

  int readiness(int index) {
    return events.get(JAVA_INT_UNALIGNED, (long) index * EVENT_BYTES);
  }

  /// Ends the wait that is on, or the next one. Any thread, even after the end.
  void wake() {
    waking.lock();
    try {
      if (!closed) {
        Linux.countEvent(wakeState, counter);
      }
    } finally {
      waking.unlock();
    }
  }

  void close() {
    waking.lock();
    try {
      closed = true;
      Linux.close(counter);
    } finally {
      waking.unlock();
    }
    Linux.close(epoll);
  }
}
