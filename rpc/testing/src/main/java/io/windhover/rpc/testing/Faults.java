package io.windhover.rpc.testing;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Makes calls fail, wait or answer as a test wants it, method by method. A middleware of a client
/// or a server, which passes on all that it has no order for.
///
/// ```java
/// var faults = new Faults();
/// var client = Client.builder(address).middleware(faults).build();
/// faults.next(2, "Shop/buy").fail(Kind.DISCONNECTED);
/// ```
///
/// For any thread.
public final class Faults implements Middleware {

  private record Order(int left, UnaryOperator<Endpoint> fault) {}

  private final Map<String, Order> orders = new HashMap<>(); // guarded by this
  private final Map<String, Integer> calls = new HashMap<>(); // guarded by this

  public Faults() {}

  @Override
  public Endpoint wrap(Endpoint next) {
    return (invocation, request) -> {
      var fault = take(invocation.name());
      return (fault == null ? next : fault.apply(next)).call(invocation, request);
    };
  }

  private synchronized @Nullable UnaryOperator<Endpoint> take(String method) {
    calls.merge(method, 1, Integer::sum);
    var order = orders.get(method);
    if (order == null) {
      return null;
    }
    if (order.left == 1) {
      orders.remove(method);
    } else {
      orders.put(method, new Order(order.left - 1, order.fault));
    }
    return order.fault;
  }

  /// What is to happen to all calls of a method from now on.
  ///
  /// @param method in the form `Service/method`
  public Choice all(String method) {
    return new Choice(method, Integer.MAX_VALUE);
  }

  /// What is to happen to the next calls of a method.
  ///
  /// @param count how many
  /// @param method in the form `Service/method`
  public Choice next(int count, String method) {
    if (count < 1) {
      throw new IllegalArgumentException("count: " + count + " (expected: >= 1)");
    }
    return new Choice(method, count);
  }

  /// Returns how many calls of a method came by, the faulty ones included.
  public synchronized int calls(String method) {
    return calls.getOrDefault(method, 0);
  }

  /// Takes all orders back. What counts calls goes on.
  public synchronized void clear() {
    orders.clear();
  }

  private synchronized void order(String method, Order order) {
    orders.put(method, order);
  }

  /// Says what is to happen to calls.
  public final class Choice {
    private final String method;
    private final int count;

    private Choice(String method, int count) {
      this.method = method;
      this.count = count;
    }

    /// They fail, and nothing is sent.
    public void fail(Kind kind) {
      order(
          method,
          new Order(
              count,
              next ->
                  (invocation, request) -> {
                    throw failure(invocation, kind, "a fault of the test");
                  }));
    }

    /// They throw this: such as a business status.
    public void throwing(RuntimeException failure) {
      order(
          method,
          new Order(
              count,
              next ->
                  (invocation, request) -> {
                    throw failure;
                  }));
    }

    /// They go on after so long, or fail at their deadline.
    public void delay(Duration delay) {
      order(
          method,
          new Order(
              count,
              next ->
                  (invocation, request) -> {
                    await(invocation, delay);
                    return next.call(invocation, request);
                  }));
    }

    /// They go on, and then their reply is lost.
    public void loseReply() {
      order(
          method,
          new Order(
              count,
              next ->
                  (invocation, request) -> {
                    next.call(invocation, request);
                    throw failure(invocation, Kind.DISCONNECTED, "the test lost the reply");
                  }));
    }
  }

  private static void await(Invocation invocation, Duration delay) {
    var deadline = invocation.deadline();
    var end = Deadline.after(delay, deadline.time()).orEarlier(deadline);
    while (!end.hasPassed()) {
      end.park(Faults.class);
      if (Thread.currentThread().isInterrupted()) {
        throw failure(invocation, Kind.CANCELLED, "the calling thread was interrupted");
      }
    }
    if (deadline.hasPassed()) {
      throw failure(invocation, Kind.TIMEOUT, "the test's delay was longer than the deadline");
    }
  }

  private static RpcException failure(Invocation invocation, Kind kind, String what) {
    return RpcException.builder(kind, Stage.AWAIT_REPLY, what)
        .calling(invocation.name())
        .at(invocation.remoteAddress())
        .build();
  }
}
