package io.windhover.netpoll;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Set;
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
    return isSupported() && isAllowed();
  }

  private static boolean isSupported() {
    return Defaults.OS.equals("Linux") && ARCHITECTURES.contains(Defaults.ARCHITECTURE);
  }

  private static boolean isAllowed() {
    return EpollPoller.class.getModule().isNativeAccessEnabled();
  }

  /// Whether it would be available with [#flag].
  static boolean lacksFlagOnly() {
    return isSupported() && !isAllowed();
  }

  /// The flag by which the JVM lets this module call the system.
  static String flag() {
    var module = EpollPoller.class.getModule();
    return "--enable-native-access=" + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
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
        socket.watch(this, Epoll.WRITABLE, new Pending(socket, socket::finishConnect, connecting));
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
    epollSocket.watch(this, Epoll.READABLE, owner);
  }

  @Override
  PolledListener bind(
      SocketAddress address, ListenerOptions options, Consumer<PolledSocket> onAccepted)
      throws IOException {
    return EpollListener.bind(this, address, options, onAccepted);
  }

  /// Where [Linux#receive] and [Linux#send] keep errno. On the thread only.
  MemorySegment callState() {
    return callState;
  }

  // ---- what is watched; on the thread only

  /// Begins to watch a descriptor, or hands it to another owner, who keeps it even if the system
  /// refuses to watch.
  ///
  /// @param interest 0 for nothing, for now
  void watch(int descriptor, int interest, PolledSocket.Owner owner) throws IOException {
    if (descriptor >= watches.length) {
      watches = Arrays.copyOf(watches, Math.max(descriptor + 1, watches.length * 2));
    }
    var before = watches[descriptor];
    watches[descriptor] = new Watch(owner, before == null ? 0 : before.interest);
    interest(descriptor, interest);
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
        int readiness = epoll.readiness(i);
        if (watch.interest == Epoll.NOTHING_ELSE) {
          if ((readiness & Epoll.ERROR) != 0) {
            tellBroken(watch.owner);
          }
          continue;
        }
        if ((readiness & Epoll.ENDED) != 0) {
          watch.owner.endArrived();
        }
        int ready = watch.ready(readiness);
        tell(watch.owner, (ready & Epoll.READABLE) != 0, (ready & Epoll.WRITABLE) != 0);
      }
    }
    return count > 0;
  }

  @Override
  void wake() {
    epoll.wake();
  }

  @Override
  void forEachOwner(Consumer<PolledSocket.Owner> step) {
    for (var watch : watches) {
      if (watch != null) {
        step.accept(watch.owner);
      }
    }
  }

  @Override
  void release() {
    epoll.close();
  }

  private static final class Watch {
    private final PolledSocket.Owner owner;
    private int interest;

    Watch(PolledSocket.Owner owner, int interest) {
      this.owner = owner;
      this.interest = interest;
    }

    /// Who waits for anything finds out by it what is broken.
    int ready(int readiness) {
      return (readiness & Epoll.BROKEN) != 0 ? interest : readiness & interest;
    }
  }
}
