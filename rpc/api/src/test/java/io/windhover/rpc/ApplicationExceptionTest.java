package io.windhover.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ApplicationExceptionTest {

  /// As of another exception that has none: it must not cost the caller the number.
  @Test
  void takesNoTextForAnEmptyOne() {
    var exception = new ApplicationException(1001, new IllegalStateException().getMessage());

    assertThat(exception.code()).isEqualTo(1001);
    assertThat(exception.text()).isEmpty();
  }
}
