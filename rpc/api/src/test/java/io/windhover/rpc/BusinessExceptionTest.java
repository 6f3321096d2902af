package io.windhover.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BusinessExceptionTest {

  /// As of another exception that has none: it must not cost the caller the number.
  @Test
  void takesNoTextForAnEmptyOne() {
    var exception = new BusinessException(5, new IllegalStateException().getMessage());

    assertThat(exception.code()).isEqualTo(5);
    assertThat(exception.text()).isEmpty();
  }
}
