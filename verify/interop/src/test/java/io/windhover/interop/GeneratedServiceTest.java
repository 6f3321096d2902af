package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The service of a `.proto` file, generated, served and called, over Kitex Protobuf and over gRPC.
@Timeout(60)
final class GeneratedServiceTest {

  private static Class<?> program;

  @BeforeAll
  static void generate(@TempDir Path folder) throws IOException {
    program =
        GeneratedMessages.load(folder, "greeter", List.of("GreeterProgram")).type("GreeterProgram");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FRAMED", "TTHEADER"})
  void isCalledOverKitexProtobuf(String protocol) throws Exception {
    var said = program.getMethod("overKitex", String.class).invoke(null, protocol);

    assertThat(said).isEqualTo("Hello, Ada");
  }

  @Test
  void isCalledWithAndWithoutStreamsOverGrpc() throws Exception {
    assertThat(program.getMethod("overGrpc").invoke(null))
        .isEqualTo("Hello, Ada, Hello, Bob, Hello, Bob, a+b, Hello, c");
  }

  @Test
  void isCalledOverGrpcByWhoGoesOnMeanwhile() throws Exception {
    assertThat(program.getMethod("overGrpcAsync").invoke(null)).isEqualTo("Hello, Ada, Hello, Bob");
  }
}
