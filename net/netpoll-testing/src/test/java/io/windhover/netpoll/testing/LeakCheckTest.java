package io.windhover.netpoll.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.netpoll.PollerGroup;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LeakCheckTest {

  private final LeakCheck leaks = LeakCheck.begin();

  @Test
  void seesABufferThatNobodyReleased() {
    var buffer = new LinkBuffer();
    buffer.writeInt(1);

    assertThatThrownBy(() -> leaks.end(Duration.ZERO))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("bytes in buffers")
        .hasMessageContaining("4,096 bytes taken")
        .hasMessageContaining("LeakCheckTest.seesABufferThatNobodyReleased");

    buffer.release();
    assertThatCode(() -> leaks.end(Duration.ZERO)).doesNotThrowAnyException();
  }

  @Test
  void seesPollersThatNobodyClosed() {
    var pollers = PollerGroup.start();

    assertThatThrownBy(() -> leaks.end(Duration.ZERO)).hasMessageContaining("pollers");

    pollers.close();
    assertThatCode(() -> leaks.end(Duration.ofSeconds(5))).doesNotThrowAnyException();
  }
}
