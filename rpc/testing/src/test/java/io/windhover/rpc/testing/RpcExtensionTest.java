package io.windhover.rpc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.Caller;
import io.windhover.rpc.Method;
import io.windhover.rpc.Operation;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.Service;
import io.windhover.thrift.Scalars;
import io.windhover.thrift.call.Result;
import io.windhover.thrift.call.Signature;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RpcExtensionTest {

  private static final Method<Signature> COUNT =
      new Method<>("count", false, Signature.builder().returns(Scalars.I32).build());

  @RegisterExtension static final RpcExtension SHARED = RpcExtension.serving(counter());

  @RegisterExtension
  final RpcExtension own =
      RpcExtension.serving(counter()).client(builder -> builder.protocol(Protocol.TTHEADER));

  static Service counter() {
    var calls = new AtomicInteger();
    return new Service(
        "Counter",
        List.of(
            new Operation(
                COUNT,
                (invocation, request) ->
                    COUNT.codec().run(request, arguments -> calls.incrementAndGet()))));
  }

  static int count(Caller caller) {
    var result = (Result) caller.call("Counter", COUNT, COUNT.codec().arguments());
    return result.<Integer>orThrow();
  }

  @Test
  void servesEachTestAnew() {
    assertThat(count(own.client())).isOne();
  }

  @Test
  void servesTheNextTestAnewToo() {
    assertThat(count(own.client())).isOne();
  }

  @Test
  void keepsTheServerOfAStaticField() {
    int before = count(SHARED.client());

    assertThat(count(SHARED.client())).isEqualTo(before + 1);
    assertThat(SHARED.server().port()).isPositive();
  }

  @Test
  void saysThatNoTestRuns() {
    var nowhere = RpcExtension.serving(counter());

    assertThatThrownBy(nowhere::client)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("@RegisterExtension");
  }
}
