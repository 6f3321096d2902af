package io.windhover.rpc.grpc;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamOperation;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.codec.MessageCall;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The health service of gRPC, `grpc.health.v1.Health`: by it load balancers, Kubernetes and
/// `grpc_health_probe` ask whether a server, or a service of it, takes calls. `Check`, `List` and
/// `Watch` are served.
///
/// ```java
/// var health = new GrpcHealth();
/// Server.builder()
///     .port(50051)
///     .transport(GrpcTransport.create())
///     .service(Orders.serve(handler))
///     .service(health.service())
///     .onReadiness(health)
///     .start();
/// ```
///
/// The server, which has the empty name, serves as long as it [is ready][#accept]; a service only
/// once somebody [says so][#set]. When the server stops, all who watch are told that it serves no
/// more, and their streams end.
///
/// One for each server. For any thread.
public final class GrpcHealth implements Consumer<Boolean> {

  /// The service's name on the wire.
  public static final String FULL_NAME = "grpc.health.v1.Health";

  /// Numbers of `ServingStatus`.
  private enum Status {
    UNKNOWN(0),
    SERVING(1),
    NOT_SERVING(2),
    SERVICE_UNKNOWN(3);

    final int number;

    Status(int number) {
      this.number = number;
    }
  }

  private static final String SERVER = "";

  private final Map<String, Status> statuses = new ConcurrentHashMap<>();
  private final Set<Thread> watchers = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  public GrpcHealth() {
    statuses.put(SERVER, Status.NOT_SERVING);
  }

  /// Returns the service, for [io.windhover.rpc.server.ServerBuilder#service].
  public Service service() {
    return new Service(
        FULL_NAME,
        List.of(
            MessageCall.operation(HealthCalls.CHECK, this::check),
            MessageCall.operation(HealthCalls.LIST, _ -> list())),
        List.of(StreamOperation.serverStream(HealthCalls.WATCH, this::watch)));
  }

  /// Takes what the server says of its readiness: for
  /// [io.windhover.rpc.server.ServerBuilder#onReadiness]. A server that is no longer ready stops.
  @Override
  public void accept(Boolean ready) {
    if (ready) {
      set(SERVER, true);
    } else {
      ended = true;
      statuses.replaceAll((_, _) -> Status.NOT_SERVING);
      wake();
    }
  }

  /// Says whether a service takes calls. Once the server stops none does, whatever is said.
  ///
  /// @param service its name on the wire, such as `shop.Orders`; empty for the server itself
  public void set(String service, boolean serving) {
    statuses.put(service, serving && !ended ? Status.SERVING : Status.NOT_SERVING);
    wake();
  }

  private void wake() {
    watchers.forEach(LockSupport::unpark);
  }

  private Status status(String service) {
    return ended ? Status.NOT_SERVING : statuses.getOrDefault(service, Status.SERVICE_UNKNOWN);
  }

  private int check(String service) {
    if (!statuses.containsKey(service)) {
      throw new GrpcException(GrpcCode.NOT_FOUND, "no health is known of service " + service);
    }
    return status(service).number;
  }

  private Map<String, Integer> list() {
    var numbers = new TreeMap<String, Integer>();
    statuses.keySet().forEach(service -> numbers.put(service, status(service).number));
    return numbers;
  }

  private void watch(String service, StreamSender<Integer> out) {
    var deadline = Invocation.current().orElseThrow().deadline();
    var told = Status.UNKNOWN;
    watchers.add(Thread.currentThread()); // before it looks: a change after that wakes it
    try {
      while (!Thread.currentThread().isInterrupted() && !deadline.hasPassed()) {
        boolean last = ended;
        var status = status(service);
        if (status != told) {
          out.send(status.number);
          told = status;
        }
        if (last) {
          throw new GrpcException(GrpcCode.UNAVAILABLE, "the server stops");
        }
        await(told, service, deadline);
      }
    } finally {
      watchers.remove(Thread.currentThread());
    }
  }

  private void await(Status told, String service, Deadline deadline) {
    while (status(service) == told
        && !ended
        && !deadline.hasPassed()
        && !Thread.currentThread().isInterrupted()) {
      deadline.park(this);
    }
  }
}
