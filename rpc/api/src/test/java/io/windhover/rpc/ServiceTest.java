package io.windhover.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServiceTest {

  @Test
  void keepsItsOperations() {
    var operations = new ArrayList<>(List.of(operation("a"), operation("b")));

    var service = new Service("Echo", operations);
    operations.clear();

    assertThat(service.operations()).hasSize(2);
  }

  @Test
  void refusesTwoMethodsOfOneName() {
    assertThatThrownBy(() -> new Service("Echo", List.of(operation("a"), operation("a"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("service Echo has two methods named a");
  }

  private static Operation operation(String name) {
    return new Operation(new Method<>(name, false, ""), (invocation, request) -> request);
  }
}
