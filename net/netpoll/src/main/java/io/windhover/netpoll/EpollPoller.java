package io.windhover.netpoll;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A poller on Linux' epoll, level-triggered: read interest stands all the time, write interest
/// only while the kernel takes no more.
///
/// An event names a descriptor, and numbers are used again. But what is closed is taken out of the
/// epoll instance first and never watched again ([EpollSocket#watch]), and new descriptors are
/// watched in tasks only, after all events of a turn: so no event meets a successor.
final class EpollPoller extends PollerLoop {

  private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64");
  private static final long PAUSE_NANOS = 10_000_000;
  private static final int INITIAL_WATCHES = 64;

  private final Epoll epoll;
  private final MemorySegment callState = Linux.callState();
  private @Nullable Watch[] watches = new Watch[INITIAL_WATCHES]; // by descriptor; the thread's own

  private EpollPoller(String threadName, LongSupplier nanoClock, long sweepNanos, long spinNanos)
      throws IOException {
    super(threadName, nanoClock, sweepNanos, spinNanos);
    this.epoll = new Epoll();
  }

  /// Whether this system has it and the JVM lets this module call it. Prints no warning.
  static boolean isAvailable() {
    return Defaults.OS.equals("Linux")
        && ARCHITECTURES.contains(Defaults.ARCHITECTURE)
        && EpollPoller.class.getModule().isNativeAccessEnabled();
  }

  static EpollPoller start(
      String threadName, LongSupplier nanoClock, long sweepNanos, long spinNanos)
      throws IOException {
    var poller = new EpollPoller(threadName, nanoClock, sweepNanos, spinNanos);
    poller.start();
    return poller;
  }

  @Override
  public EpollSocket connect(SocketAddress address, Connecting connecting) throws IOException {
    var socket = EpollSocket.open(address);
    try {
      int result = Linux.connect(socket.descriptor(), address);
      if (result == -Linux.EINPROGRESS) {
        socket.watch(this, Epoll.WRITABLE, new Pending(socket, connecting));
      } else {
        Linux.check(result);
        connecting.connected(socket);
      }
      return socket;
    } catch (IOException | RuntimeException | Error e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public void adopt(PolledSocket socket, PolledSocket.Owner owner) throws IOException {
    var epollSocket = (EpollSocket) socket;
    epollSocket.established();
    epollSocket.watch(this, Epoll.READABLE, new Established(owner));
  }

  @Override
  public Listener listen(
      SocketAddress address, ListenerOptions options, Consumer<PolledSocket> onAccepted)
      throws IOException {
    var listener = new EpollListener(this, address, options, onAccepted);
    if (!execute(listener::start)) {
      listener.shutDown();
      throw new IOException("the pollers are closed");
    }
    return listener;
  }

  /// Where [Linux#receive] and [Linux#send] keep errno. On the thread only.
  MemorySegment callState() {
    return callState;
  }

  // ---- what is watched; on the thread only

  /// Begins to watch a descriptor, or hands it to another registration.
  void watch(int descriptor, int interest, Registration registration) throws IOException {
    makeRoom(descriptor);
    var before = watches[descriptor];
    epoll.change(descriptor, before == null ? 0 : before.interest, interest);
    watches[descriptor] = new Watch(registration, interest);
  }

  /// Begins to watch a descriptor for nothing yet.
  void watch(int descriptor, Registration registration) {
    makeRoom(descriptor);
    watches[descriptor] = new Watch(registration, 0);
  }

  private void makeRoom(int descriptor) {
    if (descriptor >= watches.length) {
      watches = Arrays.copyOf(watches, Math.max(descriptor + 1, watches.length * 2));
    }
  }

  /// Changes what a watched descriptor waits for.
  void interest(int descriptor, int interest) throws IOException {
    var watch = watchOf(descriptor);
    if (watch != null) {
      epoll.change(descriptor, watch.interest, interest);
      watch.interest = interest;
    }
  }

  /// Before a watched descriptor closes.
  void forget(int descriptor) {
    try {
      interest(descriptor, 0);
    } catch (IOException e) {
      report("a descriptor cannot be taken out of epoll", e);
    }
    if (descriptor < watches.length) {
      watches[descriptor] = null;
    }
  }

  private @Nullable Watch watchOf(int descriptor) {
    return descriptor < watches.length ? watches[descriptor] : null;
  }

  // ---- the loop

  @Override
  boolean await(long timeoutMillis) throws IOException {
    int count = epoll.await((int) Math.min(timeoutMillis, Integer.MAX_VALUE));
    for (int i = 0; i < count; i++) {
      var watch = watchOf(epoll.descriptor(i));
      if (watch != null) {
        watch.tell(epoll.readiness(i));
      }
    }
    return count > 0;
  }

  @Override
  void wake() {
    epoll.wake();
  }

  @Override
  void sweep(long nowNanos) {
    for (var watch : watches) {
      if (watch != null) {
        guarded(() -> watch.registration.sweep(nowNanos));
      }
    }
  }

  @Override
  void drain() {
    for (var watch : watches) {
      if (watch != null) {
        guarded(watch.registration::drain);
      }
    }
  }

  @Override
  void recover() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  @Override
  void shutDown() {
    for (var watch : watches) {
      if (watch != null) {
        watch.shutDown();
      }
    }
    epoll.close();
  }

  /// What a watched descriptor stands for. Called on the thread only.
  interface Registration {

    /// @param readiness of [Epoll]: READABLE, WRITABLE or both
    void ready(int readiness);

    void sweep(long nowNanos);

    /// Closes the descriptor once what has begun on it is done.
    void drain();

    /// Closes the descriptor.
    void shutDown();
  }

  private static final class Watch {
    private final Registration registration;
    private int interest;

    Watch(Registration registration, int interest) {
      this.registration = registration;
      this.interest = interest;
    }

    void shutDown() {
      try {
        registration.shutDown();
      } catch (RuntimeException | Error e) {
        report("a poller step failed", e);
      }
    }

    void tell(int readiness) {
      // Who waits for anything finds out by it what is broken.
      int ready = (readiness & Epoll.BROKEN) != 0 ? interest : readiness & interest;
      try {
        registration.ready(ready);
      } catch (RuntimeException | Error e) {
        report("a poller step failed", e);
      }
    }
  }

  private record Established(PolledSocket.Owner owner) implements Registration {
    @Override
    public void ready(int readiness) {
      if ((readiness & Epoll.WRITABLE) != 0) {
        owner.writable();
      }
      if ((readiness & Epoll.READABLE) != 0) {
        owner.readable();
      }
    }

    @Override
    public void sweep(long nowNanos) {
      owner.sweep(nowNanos);
    }

    @Override
    public void drain() {
      owner.drain();
    }

    @Override
    public void shutDown() {
      owner.shutDown();
    }
  }

  private record Pending(EpollSocket socket, Connecting connecting) implements Registration {
    @Override
    public void ready(int readiness) {
      int result = Linux.connectResult(socket.descriptor());
      if (result == 0) {
        connecting.connected(socket);
      } else {
        socket.close();
        connecting.failed(Linux.failure(result));
      }
    }

    @Override
    public void sweep(long nowNanos) {}

    @Override
    public void drain() {
      shutDown();
    }

    @Override
    public void shutDown() {
      socket.close();
      connecting.shutDown();
    }
  }
}
