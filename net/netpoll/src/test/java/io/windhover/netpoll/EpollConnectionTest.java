package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
final class EpollConnectionTest extends ConnectionContractTest {

  @Override
  Poller.Starter starter() {
    return Backend.EPOLL.starter(0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noticesAResetWhileReadingIsPaused(boolean isReset) throws IOException {
    var address = listen(tcp(), Recorder::new);
    var peer = connect(address);
    firstAccepted().connection().pauseReading();
    peer.getOutputStream().write(Frames.bytes("unread"));

    peer.setSoLinger(isReset, 0);
    peer.close();

    if (isReset) {
      firstAccepted().awaitClosed();
      assertThat(firstAccepted().closeReason).isEqualTo(CloseReason.RESET);
    } else { // the peer may well read on: what it has sent stays
      firstAccepted().connection().resumeReading();
      Waiting.until("all is read", () -> firstAccepted().events.contains("frame unread"));
    }
  }
}
