package io.windhover.rpc.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamOperation;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.Text;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.call.RawCall;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RouterTest {

  private static final Method<?> CHAT = new Method<>("chat", Method.Kind.BIDI_STREAM, Text.CALL);

  private static final Service ONE = EchoFixture.serve("One", text -> text);
  private static final Service TWO = EchoFixture.serve("Two", text -> text);

  private static final Service NOTES =
      new Service(
          "Notes",
          EchoFixture.serve("Notes", text -> text).operations(),
          List.of(new StreamOperation(CHAT, (invocation, stream) -> {})));

  private static final Service OTHER_NOTES =
      new Service(
          "Others",
          List.of(),
          List.of(new StreamOperation(CHAT, (invocation, stream) -> stream.end())));

  private final Router one = TestPath.router(ONE);
  private final Router named = new Router(routing(null, true, null, ONE, TWO));

  @Test
  void findsByServiceAndMethod() {
    assertThat(named.find("Two", "echo", false).service()).isEqualTo("Two");
    assertThat(named.find("One", "note", false).method().oneway()).isTrue();
  }

  @Test
  void findsByTheMethodAlone() {
    assertThat(one.find(null, "echo", false).service()).isEqualTo("One");
  }

  @Test
  void letsServicesShareNamesOfMethodsWhoseCallersNameThem() {
    var method = new Method<>("check", false, "a codec of another family");
    var operation = List.of(new Operation(method, (invocation, request) -> request));
    var other = List.of(new Operation(method, (invocation, request) -> "other"));
    var routing =
        routing(null, false, null, new Service("One", operation), new Service("Three", other));

    var router = new Router(routing, _ -> true, _ -> true);

    assertThat(router.find("One", "check", false).service()).isEqualTo("One");
    assertThat(router.find("Three", "check", false).service()).isEqualTo("Three");
    assertThatThrownBy(() -> router.find(null, "check", false)).isInstanceOf(WireException.class);
    assertThatThrownBy(() -> new Router(routing, _ -> true, _ -> false))
        .hasMessageContaining("method check is in services One and Three");
  }

  @Test
  void findsAMethodWhoseCallersCanNameItsServiceIfItIsTheOnlyOne() {
    var method = new Method<>("check", false, "a codec of another family");
    var operation = List.of(new Operation(method, (invocation, request) -> request));
    var only = routing(null, false, null, new Service("One", operation));

    var router = new Router(only, _ -> true, _ -> true);

    assertThat(router.find(null, "check", false).service()).isEqualTo("One");
  }

  static List<Service> both() {
    return List.of(ONE, TWO);
  }

  @ParameterizedTest
  @MethodSource("both")
  void asksTheFallbackServiceWhereSeveralCould(Service fallback) {
    var router = new Router(routing(fallback, false, null, ONE, TWO));

    assertThat(router.find(null, "echo", false).service()).isEqualTo(fallback.name());
    assertThat(router.find("One", "echo", false).service()).isEqualTo("One");
    assertThat(router.find("Two", "echo", false).service()).isEqualTo("Two");
  }

  @Test
  void servesOneUnderTwoNames() {
    var router = TestPath.router(ONE, ONE.named("Uno"));

    assertThat(router.find("Uno", "echo", false).service()).isEqualTo("Uno");
    assertThat(router.find(null, "echo", false).service()).isEqualTo("One");
  }

  /// As gRPC's clients call it.
  @Test
  void findsAServiceByItsFullNameToo() {
    var orders = packaged("Orders", "shop");
    var router = new Router(routing(null, true, null, orders, TWO), _ -> true, _ -> true);

    assertThat(router.find("shop.Orders", "find", false).service()).isEqualTo("Orders");
    assertThat(router.find("Orders", "find", false).service()).isEqualTo("Orders");
    assertThat(router.findStream("shop.Orders", "watch").service()).isEqualTo("Orders");
    assertThat(router.method("shop.Orders", "watch").name()).isEqualTo("watch");
    assertThatThrownBy(() -> router.find("shop.Orders", "nope", false))
        .hasMessageContaining("unknown method nope of service shop.Orders");
    assertThatThrownBy(() -> router.find("shop.v2.Orders", "find", false))
        .hasMessageContaining("unknown service shop.v2.Orders (this server has: Orders, Two)");
    assertThatThrownBy(() -> router.find("shop.Two", "echo", false))
        .hasMessageContaining("unknown service shop.Two");
  }

  @Test
  void prefersAServiceThatWasGivenTheFullNameOfAnother() {
    var orders = packaged("Orders", "shop");
    var services = routing(null, true, null, orders, orders.named("shop.Orders"));
    var router = new Router(services, _ -> true, _ -> true);

    assertThat(router.find("shop.Orders", "find", false).service()).isEqualTo("shop.Orders");
    assertThat(router.findStream("shop.Orders", "watch").service()).isEqualTo("shop.Orders");
    assertThat(router.find("Orders", "find", false).service()).isEqualTo("Orders");
  }

  /// Of a `.proto` file with this package.
  private static Service packaged(String name, String packageName) {
    var codec = "a codec of another family";
    var find = new Method<>("find", Method.Kind.UNARY, codec, packageName);
    var watch = new Method<>("watch", Method.Kind.SERVER_STREAM, codec, packageName);
    return new Service(
        name,
        List.of(new Operation(find, (invocation, request) -> request)),
        List.of(new StreamOperation(watch, (invocation, stream) -> {})));
  }

  static List<Arguments> misses() {
    return List.of(
        Arguments.of("Three", "echo", ErrorCode.UNKNOWN_SERVICE, "unknown service Three"),
        Arguments.of("One", "nope", ErrorCode.UNKNOWN_METHOD, "unknown method nope of service One"),
        Arguments.of(null, "echo", ErrorCode.NO_SERVICE_NAME, "this server wants to know the"),
        Arguments.of("a\nb", "echo", ErrorCode.UNKNOWN_SERVICE, "unknown service a?b"),
        Arguments.of("One", "a\rb", ErrorCode.UNKNOWN_METHOD, "unknown method a?b"));
  }

  @ParameterizedTest
  @MethodSource("misses")
  void saysWhatIsMissing(@Nullable String service, String method, ErrorCode code, String text) {
    assertThatThrownBy(() -> named.find(service, method, false))
        .isInstanceOfSatisfying(WireException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageStartingWith(text);
  }

  @Test
  void saysThatNoServiceHasTheMethod() {
    assertThatThrownBy(() -> one.find(null, "nope", false))
        .hasMessage("unknown method nope (services here: One)");
  }

  @Test
  void refusesToGuessWhoAnswers() {
    assertThatThrownBy(() -> TestPath.router(ONE, TWO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "method echo is in services One and Two, and callers over Framed or Buffered name none"
                + " (expected: one of the two as fallbackService(...), or"
                + " requireServiceName(true))");
  }

  static List<Arguments> unknownCalls() {
    return List.of(
        Arguments.of("Three", "echo", "Three"),
        Arguments.of("One", "nope", "One"),
        Arguments.of(null, "nope", ""));
  }

  @ParameterizedTest
  @MethodSource("unknownCalls")
  void leavesToTheRawHandlerWhatIsUnknown(@Nullable String service, String method, String name) {
    var router = new Router(routing(null, false, (call, arguments) -> arguments, ONE));

    var route = router.find(service, method, true);

    assertThat(route.service()).isEqualTo(name);
    assertThat(route.method()).isEqualTo(new Method<>(method, true, RawCall.CODEC));
    assertThat(router.find(null, "echo", false).service()).isEqualTo("One");
  }

  @Test
  void refusesToServeNothing() {
    assertThatThrownBy(TestPath::router)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("add service(YourService.serve(handler))");
  }

  @Test
  void refusesTwoServicesOfOneName() {
    assertThatThrownBy(() -> TestPath.router(ONE, ONE))
        .hasMessage("two services are named One: give one of them, or its namespace, another name");
  }

  @Test
  void refusesMethodsWithoutAThriftCodec() {
    var operation = new Operation(new Method<>("echo", false, ""), (call, request) -> request);
    var service = new Service("S", List.of(operation));

    assertThatThrownBy(() -> TestPath.router(service))
        .hasMessage(
            "S/echo is not a Thrift method, and nothing else of this server carries it"
                + " (expected: a payloadCodec(...) or transport(...) that does)");
  }

  @Test
  void findsStreamsByTheSameRules() {
    var only = TestPath.router(NOTES);
    var strict = new Router(routing(null, true, null, NOTES, OTHER_NOTES));
    var lenient = new Router(routing(OTHER_NOTES, false, null, NOTES, OTHER_NOTES));

    assertThat(only.findStream(null, "chat").service()).isEqualTo("Notes");
    assertThat(strict.findStream("Others", "chat").service()).isEqualTo("Others");
    assertThat(lenient.findStream(null, "chat").service()).isEqualTo("Others");
    assertThat(lenient.findStream("Notes", "chat").service()).isEqualTo("Notes");
  }

  static List<Arguments> missedStreams() {
    return List.of(
        Arguments.of("Three", "chat", ErrorCode.UNKNOWN_SERVICE, "unknown service Three"),
        Arguments.of("Others", "x", ErrorCode.UNKNOWN_METHOD, "unknown method x of service Others"),
        Arguments.of(null, "chat", ErrorCode.NO_SERVICE_NAME, "this server wants to know the"),
        Arguments.of(
            "Notes",
            "echo",
            ErrorCode.UNKNOWN_METHOD,
            "unknown method echo of service Notes: it is none of streams, and was opened as one"));
  }

  @ParameterizedTest
  @MethodSource("missedStreams")
  void saysWhichStreamIsMissing(
      @Nullable String service, String method, ErrorCode code, String text) {
    var router = new Router(routing(null, true, null, NOTES, OTHER_NOTES));

    assertThatThrownBy(() -> router.findStream(service, method))
        .isInstanceOfSatisfying(WireException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageStartingWith(text);
  }

  @Test
  void saysThatAMethodOfStreamsWasCalled() {
    var router = new Router(routing(null, false, (call, arguments) -> arguments, NOTES));

    assertThatThrownBy(() -> router.find("Notes", "chat", false))
        .hasMessage("unknown method chat of service Notes: it is one of streams, and was called");
  }

  @Test
  void refusesToGuessWhoServesAStream() {
    assertThatThrownBy(() -> TestPath.router(NOTES, OTHER_NOTES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "method chat is in services Notes and Others, and clients need not name one for a"
                + " stream (expected: one of the two as fallbackService(...)");
  }

  private static Routing routing(
      @Nullable Service fallback,
      boolean requireServiceName,
      @Nullable Endpoint unknown,
      Service... services) {
    return new Routing(
        List.of(services), fallback, requireServiceName, unknown, List.of(), List.of());
  }
}
