package io.windhover.netpoll;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A poller that consists of its tasks. Its thread is whichever runs them, one at a time.
final class StressPoller implements Poller {

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread thread;

  /// Runs `first` and then what it and others have left to do.
  void turn(Runnable first) {
    thread = Thread.currentThread();
    first.run();
    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    thread = null;
  }

  @Override
  public boolean isCurrentThread() {
    return Thread.currentThread().equals(thread);
  }

  @Override
  public boolean execute(Runnable task) {
    return tasks.add(task);
  }

  @Override
  public PolledSocket connect(SocketAddress address, Connecting connecting) throws IOException {
    throw new IOException("not here");
  }

  @Override
  public void adopt(PolledSocket socket, PolledSocket.Owner owner) {}

  @Override
  public Listener listen(
      SocketAddress address, ListenerOptions options, Consumer<PolledSocket> onAccepted)
      throws IOException {
    throw new IOException("not here");
  }

  @Override
  public void beginDrain(Runnable begun) {}

  @Override
  public void beginClose() {}

  @Override
  public void awaitEnd(Deadline deadline) {}
}
