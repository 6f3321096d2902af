package io.windhover.netpoll;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Finds the addresses of host names, for as long as the caller has time.
///
/// A look-up has no bound in time and cannot be interrupted, so it gets a thread of its own, and
/// the caller goes when its time is over. What is left behind is bounded: dials that ask for the
/// same name meanwhile share one look-up, and there are so many at most. An answer is for those who
/// wait for it; nothing is kept but what the JDK keeps (`networkaddress.cache.ttl`).
///
/// The threads are platform threads: a virtual one keeps its carrier during a look-up. The JDK puts
/// others in the place of those, but 256 in a process at most, and then no virtual thread runs.
final class LookUps {

  static final int MAX_UNDER_WAY = 256;

  /// Asks for the addresses of a host, for however long it takes.
  @FunctionalInterface
  interface Resolver {

    /// @return the preferred ones first
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final Resolver resolver;
  private final int maxUnderWay;

  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final Map<String, CompletableFuture<InetAddress[]>> underWay = new HashMap<>();
  private boolean closed;

  LookUps(Resolver resolver, int maxUnderWay) {
    this.resolver = resolver;
    this.maxUnderWay = maxUnderWay;
  }

  /// Returns at once for anything but a name.
  Destination find(SocketAddress address, Deadline deadline) throws IOException {
    if (!(address instanceof InetSocketAddress tcp) || !tcp.isUnresolved()) {
      return Destination.of(address);
    }
    var literal = literal(tcp.getHostString());
    return literal != null
        ? Destination.of(new InetSocketAddress(literal, tcp.getPort()))
        : Destination.of(tcp, await(tcp.getHostString(), deadline));
  }

  private static @Nullable InetAddress literal(String host) {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      return null; // a name
    }
  }

  private InetAddress[] await(String host, Deadline deadline) throws IOException {
    try {
      return lookUp(host).get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(host, e.getCause());
    } catch (TimeoutException e) {
      throw new SocketTimeoutException("the name " + host + " was not resolved " + deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while resolving " + host);
    }
  }

  private CompletableFuture<InetAddress[]> lookUp(String host) throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw closed();
      }
      var present = underWay.get(host);
      if (present != null) {
        return present;
      }
      if (underWay.size() >= maxUnderWay) {
        throw new IOException(
            "%s cannot be resolved: %d other names are being resolved, the most there may be"
                .formatted(host, maxUnderWay));
      }
      var lookUp = new CompletableFuture<InetAddress[]>();
      Thread.ofPlatform()
          .name("windhover-look-up")
          .daemon()
          .start(() -> lookUp(host, lookUp)); // which waits for the lock
      underWay.put(host, lookUp);
      return lookUp;
    } finally {
      lock.unlock();
    }
  }

  private void lookUp(String host, CompletableFuture<InetAddress[]> lookUp) {
    InetAddress[] answer = {};
    Throwable failure = null;
    try {
      answer = resolver.resolve(host);
    } catch (UnknownHostException | RuntimeException | Error e) { // the JDK's resolver has plug-ins
      failure = e;
    }
    forget(host); // first, so that who dials when it is known asks anew
    if (failure != null) {
      lookUp.completeExceptionally(failure);
    } else if (answer.length == 0) {
      lookUp.completeExceptionally(new UnknownHostException(host + ": no addresses"));
    } else {
      lookUp.complete(answer);
    }
  }

  private void forget(String host) {
    lock.lock();
    try {
      underWay.remove(host);
    } finally {
      lock.unlock();
    }
  }

  private static IOException failure(String host, @Nullable Throwable cause) {
    var text = cause == null ? null : cause.getMessage();
    if (cause instanceof UnknownHostException) {
      boolean saysWhich = text != null && text.startsWith(host); // the JDK: "host: reason"
      var failure = new UnknownHostException("unknown host " + (saysWhich ? text : host));
      failure.initCause(cause);
      return failure;
    }
    return cause instanceof IOException
        ? new IOException(text, cause)
        : new IOException(host + " cannot be resolved: " + cause, cause);
  }

  /// Nobody waits any more.
  void close() {
    List<CompletableFuture<InetAddress[]>> waitedFor;
    lock.lock();
    try {
      closed = true;
      waitedFor = List.copyOf(underWay.values());
    } finally {
      lock.unlock();
    }
    waitedFor.forEach(lookUp -> lookUp.completeExceptionally(closed()));
  }

  private static IOException closed() {
    return new IOException("the pollers are closed");
  }
}
