package io.windhover.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.http2.Http2Options;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.grpc.GrpcClientOptions;
import io.windhover.rpc.grpc.GrpcOptions;
import io.windhover.rpc.server.ServerBuilder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// `docs/options.md` knows every option.
final class OptionsPageTest {

  private static final Map<String, Class<? extends Record>> RECORDS =
      Map.of(
          "## gRPC on a server", GrpcOptions.class,
          "## gRPC on a client", GrpcClientOptions.class,
          "## HTTP/2", Http2Options.class);

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

  static Stream<Arguments> recordOptions() {
    return RECORDS.entrySet().stream()
        .flatMap(
            section ->
                Stream.of(section.getValue().getRecordComponents())
                    .map(RecordComponent::getName)
                    .map(option -> Arguments.of(section.getKey(), option)));
  }

  @ParameterizedTest
  @MethodSource("recordOptions")
  void namesEachOptionOfGrpcAndHttp2(String section, String option) throws IOException {
    assertThat(section(section)).contains("| `" + option + "` |");
  }

  private static String section(String head) throws IOException {
    var text = new Page("docs/options.md").text();
    int start = text.indexOf("\n" + head + "\n");
    return text.substring(start, text.indexOf("\n## ", start + 1));
  }
}
