package io.windhover.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EndpointTest {

  private final Invocation invocation =
      new Invocation(
          "Echo",
          new Method<>("echo", false, "codec"),
          Deadline.after(Duration.ofSeconds(1)),
          InetSocketAddress.createUnresolved("localhost", 1));

  @Test
  void letsTheFirstMiddlewareSeeTheCallFirst() {
    var chain = Endpoint.chain(List.of(adding("a"), adding("b")), (call, request) -> request + "!");

    assertThat(chain.call(invocation, "hi")).isEqualTo("hi>a>b!<b<a");
  }

  private static Middleware adding(String name) {
    return next ->
        (invocation, request) -> next.call(invocation, request + ">" + name) + "<" + name;
  }

  @Test
  void isTheInnermostItselfWithoutMiddleware() {
    Endpoint innermost = (call, request) -> request;

    assertThat(Endpoint.chain(List.of(), innermost)).isSameAs(innermost);
  }

  @Test
  void invocationsAreCurrentWhileTheyAreHandledOnly() {
    var inner = invocation.asCurrent(Invocation::current);

    assertThat(inner).contains(invocation);
    assertThat(Invocation.current()).isEqualTo(Optional.empty());
    assertThat(invocation.name()).isEqualTo("Echo/echo");
  }
}
