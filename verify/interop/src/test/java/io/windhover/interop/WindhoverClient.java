package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.windhover.interop.everything.Absent;
import io.windhover.interop.everything.Interop;
import io.windhover.interop.everything.Refused;
import io.windhover.interop.everything.Second;
import io.windhover.interop.shared.Missing;
import io.windhover.interop.shared.Point;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.grpc.GrpcCode;
import io.windhover.rpc.grpc.GrpcStatus;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// The scenarios, run by our client through generated stubs.
final class WindhoverClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SHORT_TIMEOUT = Duration.ofMillis(100);
  private static final int INTERNAL_ERROR = 6;

  private final Client main;
  private final Client hurried;
  private final Client newer;
  private final Interop interop;

  private WindhoverClient(Peer server, Transport transport) {
    this.main = client(server.main(), transport, TIMEOUT);
    this.hurried = client(server.main(), transport, SHORT_TIMEOUT);
    this.newer = client(server.newer(), transport, TIMEOUT);
    this.interop = Interop.on(main);
  }

  private interface Steps {
    void run(WindhoverClient client) throws Exception;
  }

  private static final List<Scenario<WindhoverClient>> SCENARIOS =
      List.of(
          steps("bool", client -> echo(client.interop::echoBool, true, false)),
          steps(
              "byte", client -> echo(client.interop::echoByte, (byte) 0, (byte) 127, (byte) -128)),
          steps(
              "i16",
              client -> echo(client.interop::echoI16, (short) 0, Short.MAX_VALUE, Short.MIN_VALUE)),
          steps(
              "i32",
              client -> echo(client.interop::echoI32, 0, Integer.MAX_VALUE, Integer.MIN_VALUE, -1)),
          steps(
              "i64",
              client -> echo(client.interop::echoI64, 0L, Long.MAX_VALUE, Long.MIN_VALUE, -1L)),
          steps("double", client -> echoAll(client.interop::echoDouble, Values.DOUBLES)),
          steps("string", client -> echoAll(client.interop::echoString, Values.TEXTS)),
          steps("binary", client -> echoAll(client.interop::echoBinary, Values.binaries())),
          steps("enum", client -> echoAll(client.interop::echoColor, Values.COLORS)),
          steps(
              "list", client -> echo(client.interop::echoNames, List.of(), List.of("", "a", "中"))),
          steps(
              "set",
              client ->
                  echo(
                      client.interop::echoSet,
                      new LinkedHashSet<>(),
                      new LinkedHashSet<>(List.of(3L, 1L, 2L)))),
          steps(
              "map",
              client -> echo(client.interop::echoMap, Map.of(), Map.of("", 0, "a", -1, "中", 1))),
          steps("struct", client -> echoAll(client.interop::echoScalars, Values.scalars())),
          steps(
              "struct of lists",
              client -> echo(client.interop::echoLists, Values.lists(0), Values.lists(3))),
          steps(
              "struct of sets",
              client -> echo(client.interop::echoSets, Values.sets(0), Values.sets(3))),
          steps(
              "struct of maps",
              client -> echo(client.interop::echoMaps, Values.maps(0), Values.maps(3))),
          steps(
              "nested containers",
              client -> echo(client.interop::echoNested, Values.nested(0), Values.nested(2))),
          steps(
              "requiredness",
              client -> echoAll(client.interop::echoRequiredness, Values.requiredness())),
          steps("union", client -> echoAll(client.interop::echoChoice, Values.choices())),
          steps(
              "recursive struct",
              client -> echo(client.interop::echoTree, Values.tree(0), Values.tree(4))),
          steps("deep struct", client -> echo(client.interop::echoTree, Values.tree(50))),
          steps("string of 1 MiB", client -> echo(client.interop::echoString, Values.LARGE)),
          steps(
              "binary of 1 MiB",
              client -> echo(client.interop::echoBinary, Values.bytes(Values.LARGE))),
          steps("lists of 10,000", client -> echo(client.interop::echoLists, Values.lists(10_000))),
          steps("sets of 10,000", client -> echo(client.interop::echoSets, Values.sets(10_000))),
          steps("maps of 10,000", client -> echo(client.interop::echoMaps, Values.maps(10_000))),
          steps(
              "nested of 10,000",
              client -> echo(client.interop::echoNested, Values.nested(10_000))),
          steps("several arguments", WindhoverClient::severalArguments),
          steps("void", client -> client.interop.nothing()),
          steps("declared exception", WindhoverClient::declaredException),
          steps("exception of a void method", WindhoverClient::exceptionOfVoid),
          new Scenario<>(
              "failing handler", client -> client.fails(() -> client.interop.fail("broken, 坏"))),
          new Scenario<>(
              "crashing handler", client -> client.fails(() -> client.interop.crash("broken, 坏"))),
          new Scenario<>("oneway", WindhoverClient::oneway),
          steps("timeout at the client", WindhoverClient::timeoutAtClient),
          new Scenario<>("timeout seen by the server", WindhoverClient::timeoutAtServer),
          new Scenario<>(
              "unknown service",
              client -> client.unknown(() -> Absent.on(client.main).absent("x"))),
          new Scenario<>(
              "unknown method",
              client ->
                  client.unknown(
                      () -> io.windhover.interop.newer.Orders.on(client.main).cancel(1))),
          steps(
              "second service",
              client -> assertThat(Second.on(client.main).reverse("a中🪁")).isEqualTo("🪁中a")),
          new Scenario<>("method name of two services", WindhoverClient::methodOfTwoServices),
          new Scenario<>("newer client, older server", WindhoverClient::newerClient),
          steps("older client, newer server", WindhoverClient::olderClient),
          steps("32 callers", WindhoverClient::callers));

  /// The names of all scenarios.
  static List<String> scenarios() {
    return SCENARIOS.stream().map(Scenario::name).toList();
  }

  /// Runs every scenario against a server.
  static List<Outcome> call(Peer server, Transport transport) {
    try (var client = new WindhoverClient(server, transport)) {
      return Scenario.run(SCENARIOS, client);
    }
  }

  @Override
  public void close() {
    main.close();
    hurried.close();
    newer.close();
  }

  private static Client client(InetSocketAddress server, Transport transport, Duration timeout) {
    return transport.of(Client.builder(server)).timeout(timeout).build();
  }

  private static Scenario<WindhoverClient> steps(String name, Steps steps) {
    return new Scenario<>(
        name,
        client -> {
          steps.run(client);
          return "";
        });
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  private static <T> void echo(UnaryOperator<T> method, T... values) {
    echoAll(method, List.of(values));
  }

  private static <T> void echoAll(UnaryOperator<T> method, List<? extends T> values) {
    for (T value : values) {
      assertThat(method.apply(value).equals(value)).as("echo of %.100s", value).isTrue();
    }
  }

  private void severalArguments() {
    assertThat(interop.join("a", 2, List.of("b", "中"), true)).isEqualTo("中 b a a");
  }

  private void declaredException() throws Refused, Missing {
    assertThat(interop.refuseText(0)).isEqualTo("accepted");
    expectExceptions(() -> interop.refuseText(7), () -> interop.refuseText(-7));
  }

  private void exceptionOfVoid() throws Refused, Missing {
    interop.refuse(0);
    expectExceptions(() -> interop.refuse(7), () -> interop.refuse(-7));
  }

  private static void expectExceptions(ThrowingCallable first, ThrowingCallable second) {
    assertThatThrownBy(first)
        .isEqualTo(new Refused().code(7).reason("no, 不").where(new Point().x(1).y(2)));
    assertThatThrownBy(second)
        .isEqualTo(new Missing().what("it").labels(Map.of("code", "negative")));
  }

  /// The server's failure is told, and the next call is well.
  private String fails(ThrowingCallable call) {
    var failure = catchThrowableOfType(RpcException.class, call);
    assertThat(failure.kind()).as(failure.toString()).isEqualTo(RpcException.Kind.REMOTE);
    assertThat(failure.remoteCode()).isEqualTo(INTERNAL_ERROR);
    interop.nothing();
    return failure.getMessage();
  }

  private String oneway() {
    long before = interop.ticks();
    try {
      interop.tick(5);
    } catch (IllegalArgumentException e) {
      return "refused";
    }
    var patience = System.nanoTime() + TIMEOUT.toNanos();
    while (interop.ticks() != before + 5) {
      assertThat(System.nanoTime()).as("the oneway call did not arrive").isLessThan(patience);
    }
    return "";
  }

  private void timeoutAtClient() {
    long start = System.nanoTime();
    var failure = catchThrowableOfType(RpcException.class, () -> Interop.on(hurried).sleep(1000));
    assertThat(failure.kind()).as(failure.toString()).isEqualTo(RpcException.Kind.TIMEOUT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
    assertThat(interop.sleep(1)).isEqualTo("slept");
  }

  private String timeoutAtServer() {
    long millis = interop.timeout();
    return 0 < millis && millis <= TIMEOUT.toMillis() ? "told" : "not told";
  }

  private String unknown(ThrowingCallable call) {
    var failure = catchThrowableOfType(RpcException.class, call);
    if (GrpcStatus.of(failure).map(GrpcStatus::code).equals(Optional.of(GrpcCode.CANCELLED))) {
      return "cancelled"; // Kitex' servers say so of a method that they do not know
    }
    assertThat(failure.kind()).as(failure.toString()).isEqualTo(RpcException.Kind.REMOTE);
    assertThat(failure.remoteCode()).isIn(1, 20);
    interop.nothing();
    return failure.getMessage();
  }

  private String methodOfTwoServices() {
    return interop.whoAmI() + ", " + Second.on(main).whoAmI();
  }

  private String newerClient() {
    var bare =
        new io.windhover.interop.newer.Order()
            .id(1)
            .lines(
                List.of(
                    new io.windhover.interop.newer.Line().article("a"),
                    new io.windhover.interop.newer.Line().article("b")));
    var sent = NewerOrders.upgrade(bare);
    var got = io.windhover.interop.newer.Orders.on(main).echo(sent);
    if (got.equals(sent)) {
      return "newer fields kept";
    }
    assertThat(got).isEqualTo(bare.status(io.windhover.interop.newer.Status.SHIPPED));
    return "newer fields dropped";
  }

  private void olderClient() {
    var sent =
        new io.windhover.interop.older.Order()
            .id(1)
            .status(io.windhover.interop.older.Status.PAID)
            .lines(
                List.of(
                    new io.windhover.interop.older.Line().article("a"),
                    new io.windhover.interop.older.Line().article("b")));
    var got = io.windhover.interop.older.Orders.on(newer).echo(sent);
    assertThat(got).isEqualTo(sent.status(io.windhover.interop.older.Status.of(7)));
  }

  private void callers() throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var callers =
          IntStream.range(0, 32).mapToObj(caller -> threads.submit(() -> calls(caller))).toList();
      for (Future<?> caller : callers) {
        caller.get();
      }
    }
  }

  private void calls(int caller) {
    for (int call = 0; call < 100; call++) {
      var text = "caller " + caller + ", call " + call + "中".repeat(call);
      assertThat(interop.echoString(text)).isEqualTo(text);
    }
  }
}
