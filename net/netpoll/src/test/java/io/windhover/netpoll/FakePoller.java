package io.windhover.netpoll;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// A poller whose thread is the test's: tasks wait until [#runTasks].
final class FakePoller implements Poller {

  final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  final AtomicReference<FakeSocket> dialled = new AtomicReference<>();
  final Map<PolledSocket, PolledSocket.Owner> owners = new HashMap<>();
  private final Thread owner = Thread.currentThread();
  boolean closed;

  void runTasks() {
    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
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
  public PolledSocket connect(SocketAddress address, Dialling dialling) {
    var socket = new FakeSocket();
    dialled.set(socket);
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
  public void beginDrain() {
    owners.values().forEach(PolledSocket.Owner::drain);
  }

  @Override
  public void beginClose() {
    closed = true;
  }

  @Override
  public void close() {
    closed = true;
  }
}
