package io.windhover.rpc.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.http2.hpack.HeaderField;
import io.windhover.rpc.Method;
import org.junit.jupiter.api.Test;

final class GrpcClientPathsTest {

  private final GrpcClientPaths paths = new GrpcClientPaths();

  private static HeaderField path(String value) {
    return new HeaderField(":path", value);
  }

  private static Method<String> method(String name, String packageName) {
    return new Method<>(name, Method.Kind.UNARY, "codec", packageName);
  }

  @Test
  void makesThePathOfAMethodOnce() {
    var first = paths.of(Words.ECHO, "test.Words");

    assertThat(first).isEqualTo(path("/test.Words/Echo"));
    assertThat(paths.of(Words.ECHO, "test.Words")).isSameAs(first);
  }

  @Test
  void tellsServicesWithOneMethodApart() {
    assertThat(paths.of(method("Get", "a"), "Words")).isEqualTo(path("/a.Words/Get"));
    assertThat(paths.of(method("Get", "b"), "Words")).isEqualTo(path("/b.Words/Get"));
    assertThat(paths.of(method("Get", "b"), "Names")).isEqualTo(path("/b.Names/Get"));
  }

  @Test
  void tellsMethodsOfOneHashApart() {
    assertThat("Aa").hasSameHashCodeAs("BB");
    assertThat(paths.of(method("Aa", ""), "Words")).isEqualTo(path("/Words/Aa"));
    assertThat(paths.of(method("BB", ""), "Words")).isEqualTo(path("/Words/BB"));
  }
}
