package io.windhover.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MethodTest {

  private final Method<String> packaged = new Method<>("Find", Method.Kind.UNARY, "", "shop.v1");
  private final Method<String> plain = new Method<>("Find", Method.Kind.UNARY, "");

  @Test
  void putsItsPackageBeforeTheNameOfAService() {
    assertThat(packaged.fullName("Orders")).isEqualTo("shop.v1.Orders");
    assertThat(plain.fullName("Orders")).isEqualTo("Orders");
  }

  @Test
  void leavesANameThatIsWholeAsItIs() {
    assertThat(packaged.fullName("shop.v1.Orders")).isEqualTo("shop.v1.Orders");
    assertThat(packaged.fullName("other.Orders")).isEqualTo("other.Orders");
  }

  @Test
  void givesAServiceItsFullName() {
    var watch = new Method<>("Watch", Method.Kind.SERVER_STREAM, "", "shop.v1");
    var operations = List.of(new Operation(packaged, (invocation, request) -> request));
    var streams = List.of(new StreamOperation(watch, (invocation, stream) -> {}));

    assertThat(new Service("Orders", operations).fullName()).isEqualTo("shop.v1.Orders");
    assertThat(new Service("Orders", List.of(), streams).fullName()).isEqualTo("shop.v1.Orders");
    assertThat(new Service("Orders", operations).named("Old").fullName()).isEqualTo("shop.v1.Old");
    assertThat(new Service("Orders", List.of()).fullName()).isEqualTo("Orders");
  }
}
