package io.windhover.netpoll;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.SocketException;

/// The system calls of Linux that sockets need, through the C library. Loading this class needs
/// native access; [EpollPoller#isAvailable] asks first.
///
/// A call that fails returns the error number, negated, as the kernel itself does; [#check] makes
/// an exception of it. The numbers here are those of x86_64 and aarch64, which differ in the layout
/// of an epoll event only ([Epoll] knows it).
///
/// Two kinds of calls. What may block, and be it on a file system or on memory, is an ordinary
/// foreign call: collectors go on meanwhile. [#receive] and [#send] on a non-blocking socket are
/// *critical* ones: they read and write heap arrays where they lie, and a collection that begins
/// meanwhile waits for the kernel's copy. `docs/decisions/0004-epoll.md` has the figures.
final class Linux {

  // errno
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int ECONNABORTED = 103;
  static final int ECONNREFUSED = 111;
  static final int EINPROGRESS = 115;

  // socket
  static final int AF_UNIX = 1;
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  private static final int SOCK_STREAM = 1;
  private static final int NON_BLOCKING = 04000;
  private static final int CLOSE_ON_EXEC = 02000000;
  private static final int SHUT_WR = 1;
  private static final int MSG_NOSIGNAL = 0x4000;

  // options
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;
  private static final int SO_ERROR = 4;
  private static final int SO_KEEPALIVE = 9;
  private static final int SO_REUSEPORT = 15;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_NODELAY = 1;
  private static final int TCP_CORK = 3;
  private static final int TCP_KEEPIDLE = 4;
  private static final int TCP_KEEPINTVL = 5;
  private static final int TCP_KEEPCNT = 6;
  private static final int TCP_USER_TIMEOUT = 18;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final Linker.Option CRITICAL = Linker.Option.critical(true);
  private static final long ERRNO_OFFSET =
      Linker.Option.captureStateLayout().byteOffset(PathElement.groupElement("errno"));
  private static final int MAX_ERROR_TEXT = 256;

  private static final MethodHandle SOCKET = ordinary("socket");
  private static final MethodHandle BIND = ordinary("bind");
  private static final MethodHandle LISTEN = ordinary("listen");
  private static final MethodHandle ACCEPT4 = ordinary("accept4");
  private static final MethodHandle CONNECT = ordinary("connect");
  private static final MethodHandle GETSOCKNAME = ordinary("getsockname");
  private static final MethodHandle GETPEERNAME = ordinary("getpeername");
  private static final MethodHandle GETSOCKOPT = ordinary("getsockopt");
  private static final MethodHandle SETSOCKOPT = ordinary("setsockopt");
  private static final MethodHandle SHUTDOWN = ordinary("shutdown");
  private static final MethodHandle CLOSE = ordinary("close");
  private static final MethodHandle EPOLL_CREATE1 = ordinary("epoll_create1");
  private static final MethodHandle EPOLL_CTL = ordinary("epoll_ctl");
  private static final MethodHandle EPOLL_WAIT = ordinary("epoll_wait");
  private static final MethodHandle EVENTFD = ordinary("eventfd");
  private static final MethodHandle EVENTFD_WRITE = ordinary("eventfd_write");

  private static final MethodHandle RECV = critical("recv");
  private static final MethodHandle SEND = critical("send");

  /// The texts of errors, which a process may never need.
  private static final class Texts {
    @SuppressWarnings("restricted") // those of the C library are shorter
    private static final MethodHandle STRERROR =
        function(
            "strerror",
            FunctionDescriptor.of(
                ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(MAX_ERROR_TEXT, JAVA_BYTE)),
                JAVA_INT));
  }

  private Linux() {}

  /// Links a function that takes at most five words, numbers or addresses.
  ///
  /// All have one shape, since linking one costs some 10 ms at start. The calling conventions of
  /// x86_64 and aarch64 allow it: each of the first six words has a register of its own, of which a
  /// function reads as many bits as it wants, and an `int` comes back in the lower half of one.
  private static MethodHandle ordinary(String name) {
    return function(
        name,
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
        ERRNO);
  }

  /// Links a function that moves bytes: descriptor, where to, how many, flags.
  private static MethodHandle critical(String name) {
    return function(
        name,
        FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT),
        ERRNO,
        CRITICAL);
  }

  @SuppressWarnings("restricted") // the descriptors are those of the manual pages, or wider
  private static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }

  // ---- sockets

  /// Makes a non-blocking stream socket; of IPv6, one that speaks IPv4 as well.
  static int socket(int family) {
    int socket = call(SOCKET, family, SOCK_STREAM | NON_BLOCKING | CLOSE_ON_EXEC, 0);
    if (socket >= 0 && family == AF_INET6) {
      setOption(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0);
    }
    return socket;
  }

  static int reuseAddress(int socket) {
    return setOption(socket, SOL_SOCKET, SO_REUSEADDR, 1);
  }

  static int reusePort(int socket) {
    return setOption(socket, SOL_SOCKET, SO_REUSEPORT, 1);
  }

  static int noDelay(int socket) {
    return setOption(socket, IPPROTO_TCP, TCP_NODELAY, 1);
  }

  /// Sends only full segments, until the socket closes or 200 ms are over.
  static int cork(int socket) {
    return setOption(socket, IPPROTO_TCP, TCP_CORK, 1);
  }

  static void keepAlive(int socket, KeepAlive keepAlive) throws IOException {
    check(setOption(socket, IPPROTO_TCP, TCP_KEEPIDLE, keepAlive.idleSeconds()));
    check(setOption(socket, IPPROTO_TCP, TCP_KEEPINTVL, keepAlive.intervalSeconds()));
    check(setOption(socket, IPPROTO_TCP, TCP_KEEPCNT, keepAlive.probes()));
    check(setOption(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, keepAlive.unacknowledgedMillis()));
    check(setOption(socket, SOL_SOCKET, SO_KEEPALIVE, 1));
  }

  private static int setOption(int socket, int level, int option, int value) {
    try (var arena = Arena.ofConfined()) {
      var memory = arena.allocateFrom(JAVA_INT, value);
      return call(SETSOCKOPT, socket, level, option, memory.address(), Integer.BYTES);
    }
  }

  /// @throws SocketException if `address` is a path that is too long
  /// @throws java.nio.channels.UnresolvedAddressException if it is only a name
  static int bind(int socket, SocketAddress address) throws SocketException {
    try (var arena = Arena.ofConfined()) {
      var bytes = LinuxAddress.write(address, arena);
      return call(BIND, socket, bytes.address(), bytes.byteSize());
    }
  }

  static int listen(int socket, int backlog) {
    return call(LISTEN, socket, backlog, 0);
  }

  /// Accepts a connection, as a non-blocking socket.
  static int accept(int socket) {
    return call(ACCEPT4, socket, 0, 0, NON_BLOCKING | CLOSE_ON_EXEC, 0);
  }

  /// @throws SocketException if `address` is a path that is too long
  /// @throws java.nio.channels.UnresolvedAddressException if it is only a name
  static int connect(int socket, SocketAddress address) throws SocketException {
    try (var arena = Arena.ofConfined()) {
      var bytes = LinuxAddress.write(address, arena);
      return call(CONNECT, socket, bytes.address(), bytes.byteSize());
    }
  }

  /// Returns how connecting has ended: 0, or the error, negated.
  static int connectResult(int socket) {
    try (var arena = Arena.ofConfined()) {
      var error = arena.allocate(JAVA_INT);
      var size = arena.allocateFrom(JAVA_INT, Integer.BYTES);
      int result = call(GETSOCKOPT, socket, SOL_SOCKET, SO_ERROR, error.address(), size.address());
      return result < 0 ? result : -error.get(JAVA_INT, 0);
    }
  }

  static SocketAddress localAddress(int socket) throws IOException {
    return address(GETSOCKNAME, socket);
  }

  static SocketAddress remoteAddress(int socket) throws IOException {
    return address(GETPEERNAME, socket);
  }

  private static SocketAddress address(MethodHandle name, int socket) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var bytes = arena.allocate(LinuxAddress.MAX_BYTES, Integer.BYTES);
      var size = arena.allocateFrom(JAVA_INT, LinuxAddress.MAX_BYTES);
      check(call(name, socket, bytes.address(), size.address()));
      return LinuxAddress.read(bytes.asSlice(0, size.get(JAVA_INT, 0)));
    }
  }

  static int shutdownOutput(int socket) {
    return call(SHUTDOWN, socket, SHUT_WR, 0);
  }

  static void close(int descriptor) {
    // Whatever it says, the descriptor is gone.
    call(CLOSE, descriptor, 0, 0);
  }

  // ---- bytes

  /// Reads what has arrived; 0 at the end.
  ///
  /// @param callState from [#callState]; for one thread at a time
  /// @param into heap memory, or native
  static long receive(MemorySegment callState, int socket, MemorySegment into) {
    try {
      return result(
          (long) RECV.invokeExact(callState, socket, into, into.byteSize(), 0), callState);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Writes what the kernel takes. Raises no signal.
  ///
  /// @param callState from [#callState]; for one thread at a time
  /// @param from heap memory, or native
  static long send(MemorySegment callState, int socket, MemorySegment from) {
    try {
      return result(
          (long) SEND.invokeExact(callState, socket, from, from.byteSize(), MSG_NOSIGNAL),
          callState);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Returns heap memory where [#receive] or [#send] keeps errno.
  static MemorySegment callState() {
    return MemorySegment.ofArray(
        new int[(int) Linker.Option.captureStateLayout().byteSize() / Integer.BYTES]);
  }

  // ---- waiting

  static int createEpoll() {
    return call(EPOLL_CREATE1, CLOSE_ON_EXEC, 0, 0);
  }

  static int controlEpoll(int epoll, int operation, int descriptor, MemorySegment event) {
    return call(EPOLL_CTL, epoll, operation, descriptor, event.address(), 0);
  }

  /// @param callState native memory, for errno; for one thread at a time
  static int waitForEvents(
      MemorySegment callState, int epoll, MemorySegment events, int max, int timeoutMillis) {
    return invoke(EPOLL_WAIT, callState, epoll, events.address(), max, timeoutMillis, 0);
  }

  static int createEventCounter() {
    return call(EVENTFD, 0, NON_BLOCKING | CLOSE_ON_EXEC, 0);
  }

  /// Counts one event; fails only when 2^64 are counted.
  ///
  /// @param callState native memory, for errno; for one thread at a time
  static void countEvent(MemorySegment callState, int eventCounter) {
    invoke(EVENTFD_WRITE, callState, eventCounter, 1, 0, 0, 0);
  }

  // ---- results

  private static int call(MethodHandle function, long a, long b, long c) {
    return call(function, a, b, c, 0, 0);
  }

  /// Makes a call of the ordinary kind that is rare enough to get memory for errno each time.
  private static int call(MethodHandle function, long a, long b, long c, long d, long e) {
    try (var arena = Arena.ofConfined()) {
      var callState = arena.allocate(Linker.Option.captureStateLayout());
      return invoke(function, callState, a, b, c, d, e);
    }
  }

  private static int invoke(
      MethodHandle function, MemorySegment callState, long a, long b, long c, long d, long e) {
    try {
      int returned = (int) (long) function.invokeExact(callState, a, b, c, d, e);
      return (int) result(returned, callState);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  private static long result(long returned, MemorySegment callState) {
    return returned == -1 ? -callState.get(JAVA_INT, ERRNO_OFFSET) : returned;
  }

  /// Method handles may throw anything; these throw nothing that is checked.
  private static RuntimeException unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }

  /// Returns `result`, or throws what it says.
  static int check(int result) throws IOException {
    if (result < 0) {
      throw failure(result);
    }
    return result;
  }

  /// Returns an exception with the system's words for a negative result: "Connection refused".
  static IOException failure(long result) {
    try {
      var text = (MemorySegment) Texts.STRERROR.invokeExact((int) -result);
      return result == -ECONNREFUSED
          ? new ConnectException(text.getString(0))
          : new SocketException(text.getString(0));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }
}
