package io.windhover.rpc.wire;

import io.windhover.thrift.ObjectBudget;
import java.util.concurrent.atomic.AtomicLong;

/// How much memory the objects may take that the requests and messages of streams under way on a
/// server are decoded to, beyond the size of their frames.
///
/// A request that would go over it is answered with an error. Small requests never ask.
public final class RequestObjects implements ObjectBudget {

  private static final int SHARE_OF_HEAP = 2;

  private final long maxBytes;
  private final AtomicLong heldBytes = new AtomicLong();

  public RequestObjects(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// A half of the largest heap of this JVM.
  public static RequestObjects ofHeap() {
    return new RequestObjects(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  @Override
  public boolean take(long bytes, long soFar) {
    if (heldBytes.addAndGet(bytes) <= maxBytes) {
      return true;
    }
    giveBack(bytes);
    return false;
  }

  /// Gives back what a request or a message has taken, when it is done with.
  public void giveBack(long bytes) {
    if (bytes != 0) {
      heldBytes.addAndGet(-bytes);
    }
  }

  public long heldBytes() {
    return heldBytes.get();
  }
}
