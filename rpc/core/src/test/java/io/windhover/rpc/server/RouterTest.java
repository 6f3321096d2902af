package io.windhover.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.Service;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.rpc.wire.WireException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RouterTest {

  private final Router one = new Router(List.of(EchoFixture.serve("One", text -> text)), List.of());
  private final Router two =
      new Router(
          List.of(EchoFixture.serve("One", text -> text), EchoFixture.serve("Two", text -> text)),
          List.of());

  @Test
  void findsByServiceAndMethod() {
    assertThat(two.find("Two", "echo").service()).isEqualTo("Two");
    assertThat(two.find("One", "note").method().oneway()).isTrue();
  }

  @Test
  void findsByTheMethodAloneIfItIsInOneServiceOnly() {
    assertThat(one.find(null, "echo").service()).isEqualTo("One");
  }

  static List<Arguments> misses() {
    return List.of(
        Arguments.of("Three", "echo", ErrorCode.UNKNOWN_SERVICE, "unknown service Three"),
        Arguments.of("One", "nope", ErrorCode.UNKNOWN_METHOD, "unknown method nope of service One"),
        Arguments.of(null, "nope", ErrorCode.UNKNOWN_METHOD, "unknown method nope"),
        Arguments.of(null, "echo", ErrorCode.NO_SERVICE_NAME, "method echo is in several services"),
        Arguments.of("a\nb", "echo", ErrorCode.UNKNOWN_SERVICE, "unknown service a?b"),
        Arguments.of("One", "a\rb", ErrorCode.UNKNOWN_METHOD, "unknown method a?b"));
  }

  @ParameterizedTest
  @MethodSource("misses")
  void saysWhatIsMissing(@Nullable String service, String method, ErrorCode code, String text) {
    assertThatThrownBy(() -> two.find(service, method))
        .isInstanceOfSatisfying(WireException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageStartingWith(text);
  }

  @Test
  void refusesToServeNothing() {
    assertThatThrownBy(() -> new Router(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("add service(YourService.serve(handler))");
  }

  @Test
  void refusesTwoServicesOfOneName() {
    var service = EchoFixture.serve(text -> text);

    assertThatThrownBy(() -> new Router(List.of(service, service), List.of()))
        .hasMessage("two services are named Echo");
  }

  @Test
  void refusesMethodsWithoutAThriftCodec() {
    var operation = new Operation(new Method<>("echo", false, ""), (call, request) -> request);

    assertThatThrownBy(() -> new Router(List.of(new Service("S", List.of(operation))), List.of()))
        .hasMessage("S/echo is not a Thrift method");
  }
}
