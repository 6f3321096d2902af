package io.windhover.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ErrorIdTest {

  @Test
  void isFoundInTheTextThatNamesIt() {
    var id = ErrorId.next();

    assertThat(ErrorId.in("Echo/echo failed in its handler, " + ErrorId.text(id) + ": see there"))
        .contains(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "error id", "error id 1234567", "error id 123456789", "id 0a1b2c3d"})
  void isNotFoundWhereThereIsNone(String text) {
    assertThat(ErrorId.in(text)).isEmpty();
  }
}
