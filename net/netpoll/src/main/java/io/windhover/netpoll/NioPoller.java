package io.windhover.netpoll;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// A poller on a JDK selector: read interest stands all the time, write interest only while the
/// kernel takes no more.
final class NioPoller extends PollerLoop {

  private static final System.Logger LOG = System.getLogger(NioPoller.class.getName());

  /// A selector that so often in a row returns at once, for nothing, is broken: JDKs and kernels
  /// have had such bugs.
  private static final int MAX_USELESS_TURNS = 512;

  private final SelectorProvider provider;
  private volatile Selector selector;
  private final AtomicInteger selectorsReplaced = new AtomicInteger();
  private int uselessTurns; // the thread's own

  private NioPoller(
      String threadName,
      LongSupplier nanoClock,
      long sweepNanos,
      long spinNanos,
      SelectorProvider provider)
      throws IOException {
    super(threadName, nanoClock, sweepNanos, spinNanos);
    this.provider = provider;
    this.selector = provider.openSelector();
  }

  static NioPoller start(String threadName, LongSupplier nanoClock, long sweepNanos, long spinNanos)
      throws IOException {
    return start(threadName, nanoClock, sweepNanos, spinNanos, SelectorProvider.provider());
  }

  static NioPoller start(
      String threadName,
      LongSupplier nanoClock,
      long sweepNanos,
      long spinNanos,
      SelectorProvider provider)
      throws IOException {
    var poller = new NioPoller(threadName, nanoClock, sweepNanos, spinNanos, provider);
    poller.start();
    return poller;
  }

  @Override
  public NioSocket connect(SocketAddress address, Connecting connecting) throws IOException {
    var channel =
        address instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    var socket = NioSocket.of(this, channel);
    try {
      if (channel.connect(address)) {
        connecting.connected(socket);
      } else {
        watch(
            channel,
            SelectionKey.OP_CONNECT,
            new Pending(socket, channel::finishConnect, connecting));
      }
      return socket;
    } catch (IOException | RuntimeException | Error e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public void adopt(PolledSocket socket, PolledSocket.Owner owner) throws IOException {
    var nio = (NioSocket) socket;
    nio.established(this);
    watch(nio.channel(), SelectionKey.OP_READ, owner);
  }

  @Override
  PolledListener bind(
      SocketAddress address, ListenerOptions options, Consumer<PolledSocket> onAccepted)
      throws IOException {
    return NioListener.bind(this, address, options, onAccepted);
  }

  /// Begins to watch a channel, or hands it to another owner.
  void watch(SelectableChannel channel, int operations, PolledSocket.Owner owner)
      throws IOException {
    channel.register(selector, operations, owner);
  }

  /// Changes what a registered channel waits for; does nothing if it is closed. On the thread only.
  void interest(SelectableChannel channel, int operations) {
    var key = channel.keyFor(selector);
    if (key != null && key.isValid()) {
      key.interestOps(operations);
    }
  }

  @Override
  void letGoOfClosed() {
    try {
      selector.selectNow(this::ready);
      if (isWoken()) {
        selector.wakeup(); // that may have been a wake-up for the next turn
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "left to the next turn", e);
    }
  }

  // ---- the loop

  @Override
  boolean await(long timeoutMillis) throws IOException {
    if (timeoutMillis == 0) {
      return selector.selectNow(this::ready) > 0;
    }
    long begin = System.nanoTime(); // not the poller's clock: selectors live in real time
    int ready = selector.select(this::ready, timeoutMillis);
    boolean hadReason =
        ready > 0
            || isWoken()
            || System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(timeoutMillis) / 2;
    if (hadReason) {
      uselessTurns = 0;
    } else if (++uselessTurns >= MAX_USELESS_TURNS) {
      LOG.log(Level.WARNING, "a selector spins: it is replaced");
      replaceSelector();
    }
    return ready > 0;
  }

  @Override
  void wake() {
    selector.wakeup();
  }

  private void ready(SelectionKey key) {
    if (key.isValid()) { // nobody else's step has closed it
      int ready = key.readyOps();
      tell(
          owner(key),
          (ready & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0,
          (ready & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT)) != 0);
    }
  }

  private static PolledSocket.Owner owner(SelectionKey key) {
    return (PolledSocket.Owner) key.attachment();
  }

  @Override
  void forEachOwner(Consumer<PolledSocket.Owner> step) {
    for (var key : selector.keys()) {
      if (key.isValid()) {
        step.accept(owner(key));
      }
    }
  }

  @Override
  void recover() {
    replaceSelector();
  }

  /// Moves all registrations to a new selector. On the thread only.
  void replaceSelector() {
    uselessTurns = 0;
    var old = selector;
    try {
      var fresh = provider.openSelector();
      for (var key : old.keys()) {
        guarded(() -> move(key, fresh));
      }
      selector = fresh;
      fresh.wakeup(); // a task that came meanwhile has woken the old one
      selectorsReplaced.incrementAndGet();
      old.close();
    } catch (IOException | RuntimeException | Error e) {
      report("no new selector", e);
      pause();
    }
  }

  private static void move(SelectionKey key, Selector fresh) {
    try {
      if (key.isValid()) {
        key.channel().register(fresh, key.interestOps(), key.attachment());
      }
    } catch (IOException | RuntimeException | Error e) {
      owner(key).shutDown();
    }
  }

  /// Returns how many selectors were given up as broken.
  int selectorsReplaced() {
    return selectorsReplaced.get();
  }

  @Override
  void release() {
    try {
      selector.selectNow(); // frees the descriptors of closed channels
      selector.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "closing the selector", e);
    }
  }
}
