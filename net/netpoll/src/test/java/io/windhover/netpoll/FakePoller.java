package io.windhover.netpoll;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A poller whose thread is the test's: tasks wait until [#runTasks], and what connects until the
/// test tells how that ended.
final class FakePoller implements Poller {

  record Dialled(SocketAddress address, Connecting connecting, FakeSocket socket) {

    void connects() {
      connecting.connected(socket);
    }

    void fails(IOException cause) {
      socket.close();
      connecting.failed(cause);
    }
  }

  final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  final List<Dialled> dialled = new CopyOnWriteArrayList<>();
  final Map<PolledSocket, PolledSocket.Owner> owners = new HashMap<>();
  private final Thread owner = Thread.currentThread();
  final List<Deadline> waitedUntil = new CopyOnWriteArrayList<>();
  boolean closed;

  void runTasks() {
    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /// Runs those that are there, and not what they add.
  void runTurn() {
    for (int left = tasks.size(); left > 0; left--) {
      tasks.remove().run();
    }
  }

  @Override
  public boolean isCurrentThread() {
    return Thread.currentThread() == owner;
  }

  @Override
  public boolean execute(Runnable task) {
    return !closed && tasks.add(task);
  }

  @Override
  public PolledSocket connect(SocketAddress address, Connecting connecting) {
    var socket = new FakeSocket();
    dialled.add(new Dialled(address, connecting, socket));
    return socket;
  }

  @Override
  public void adopt(PolledSocket socket, PolledSocket.Owner owner) {
    owners.put(socket, owner);
  }

  @Override
  public Listener listen(
      SocketAddress address, ListenerOptions options, Consumer<PolledSocket> onAccepted)
      throws IOException {
    throw new IOException("not here");
  }

  @Override
  public void beginDrain(Runnable begun) {
    owners.values().forEach(PolledSocket.Owner::drain);
    begun.run();
  }

  @Override
  public void beginClose() {
    closed = true;
  }

  @Override
  public void awaitEnd(Deadline deadline) {
    waitedUntil.add(deadline);
  }
}
