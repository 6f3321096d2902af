package io.windhover.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ErrorCodeTest {

  @ParameterizedTest
  @EnumSource
  void isFoundByItsNumber(ErrorCode code) {
    assertThat(ErrorCode.of(code.number())).contains(code);
  }

  /// Those of Thrift's TApplicationException, and of Kitex.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 21})
  void knowsTheNumbersOfPeers(int number) {
    assertThat(ErrorCode.of(number)).isPresent();
  }

  /// Such as those of HTTP, which handlers anywhere answer with: they promise nothing.
  @ParameterizedTest
  @ValueSource(ints = {-1, 11, 22, 400, 408, 429, 500, 503, 529, 1003})
  void doesNotKnowOthers(int number) {
    assertThat(ErrorCode.of(number)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void standsInTheGuide(ErrorCode code) throws IOException {
    assertThat(Files.readString(Path.of("../../docs/guides/errors.md")))
        .contains(
            "\n| %d | %s | %s | %s |\n"
                .formatted(code.number(), code.meaning(), code.kind(), code.hint().orElse("")));
  }
}
