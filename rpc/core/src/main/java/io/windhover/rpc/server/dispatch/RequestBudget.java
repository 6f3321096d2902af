package io.windhover.rpc.server.dispatch;

import io.windhover.rpc.log.LogGate;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/// How many bytes of requests a server may hold at once: those that wait for their turn and those
/// whose calls run.
///
/// Each request is bounded by the largest message, but ten thousand connections may have one each.
/// A request over the budget is refused, unless it is the only one, since that is bounded already.
public final class RequestBudget {

  private static final int SHARE_OF_HEAP = 4;

  /// Requests up to that may use the whole budget, larger ones a half of it: a few large ones do
  /// not shut out the many.
  private static final int SMALL_BYTES = 64 << 10;

  private static final System.Logger LOG = System.getLogger(RequestBudget.class.getName());

  private final long maxBytes;
  private final AtomicLong heldBytes = new AtomicLong();
  private final LogGate gate = new LogGate(LOG);

  public RequestBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// A quarter of the largest heap of this JVM.
  public static RequestBudget ofHeap() {
    return new RequestBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  /// @return whether `bytes` may be held, until [#giveBack]
  public boolean take(int bytes) {
    long held = heldBytes.addAndGet(bytes);
    long limit = bytes <= SMALL_BYTES ? maxBytes : maxBytes / 2;
    if (held <= limit || held == bytes) {
      return true;
    }
    giveBack(bytes);
    return false;
  }

  public void giveBack(int bytes) {
    heldBytes.addAndGet(-bytes);
  }

  /// Logs that a request was refused for want of room.
  public void refused(int bytes, SocketAddress remoteAddress) {
    gate.warn(
        () ->
            "a request of %d bytes from %s refused: those under way hold %d, a quarter of the heap"
                .formatted(bytes, remoteAddress, heldBytes()));
  }

  public long maxBytes() {
    return maxBytes;
  }

  public long heldBytes() {
    return heldBytes.get();
  }
}
