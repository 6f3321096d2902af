package io.windhover.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.server.ServerBuilder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `docs/options.md` knows every option.
final class OptionsPageTest {

  static Stream<String> clientOptions() {
    return options(ClientBuilder.class);
  }

  static Stream<String> serverOptions() {
    return options(ServerBuilder.class);
  }

  private static Stream<String> options(Class<?> builder) {
    return Stream.of(builder.getDeclaredMethods())
        .filter(method -> method.getReturnType() == builder)
        .map(Method::getName)
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("clientOptions")
  void namesEachOptionOfAClient(String option) throws IOException {
    assertThat(section("## Client")).contains("| `" + option + "` |");
  }

  @ParameterizedTest
  @MethodSource("serverOptions")
  void namesEachOptionOfAServer(String option) throws IOException {
    assertThat(section("## Server")).contains("| `" + option + "` |");
  }

  private static String section(String head) throws IOException {
    var text = new Page("docs/options.md").text();
    int start = text.indexOf("\n" + head + "\n");
    return text.substring(start, text.indexOf("\n## ", start + 1));
  }
}
