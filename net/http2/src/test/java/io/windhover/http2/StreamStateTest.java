package io.windhover.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.http2.StreamState.Event;
import io.windhover.http2.frame.FrameType;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// RFC 9113, section 5.1, as tables.
final class StreamStateTest {

  @ParameterizedTest
  @CsvSource({
    "OPEN, OPEN",
    "OPEN SEND_END, HALF_CLOSED_LOCAL",
    "OPEN RECV_END, HALF_CLOSED_REMOTE",
    "OPEN SEND_END RECV_END, CLOSED",
    "OPEN RECV_END SEND_END, CLOSED",
    "OPEN SEND_RESET, RESET_HERE",
    "OPEN RECV_RESET, RESET_THERE",
    "OPEN SEND_END SEND_RESET, RESET_HERE",
    "OPEN RECV_END RECV_RESET, RESET_THERE",
    "OPEN SEND_END SEND_END, HALF_CLOSED_LOCAL",
    "OPEN RECV_END RECV_END, HALF_CLOSED_REMOTE",
    "OPEN SEND_RESET RECV_RESET, RESET_HERE",
    "OPEN RECV_RESET SEND_RESET, RESET_THERE",
    "OPEN SEND_END RECV_END RECV_RESET, CLOSED",
    "SEND_RESET, IDLE",
  })
  void moves(String events, StreamState expected) {
    var state =
        Stream.of(events.split(" "))
            .map(Event::valueOf)
            .reduce(StreamState.IDLE, StreamState::on, (a, b) -> b);

    assertThat(state).isEqualTo(expected);
  }

  /// The columns: DATA, HEADERS, RST_STREAM, WINDOW_UPDATE, PRIORITY.
  @ParameterizedTest
  @CsvSource({
    "IDLE, PROTOCOL_ERROR, TAKE, PROTOCOL_ERROR, PROTOCOL_ERROR, IGNORE",
    "OPEN, TAKE, TAKE, TAKE, TAKE, IGNORE",
    "HALF_CLOSED_LOCAL, TAKE, TAKE, TAKE, TAKE, IGNORE",
    "HALF_CLOSED_REMOTE, STREAM_CLOSED, STREAM_CLOSED, TAKE, TAKE, IGNORE",
    "CLOSED, CONNECTION_CLOSED, CONNECTION_CLOSED, IGNORE, IGNORE, IGNORE",
    "RESET_HERE, IGNORE, IGNORE, IGNORE, IGNORE, IGNORE",
    "RESET_THERE, STREAM_CLOSED, STREAM_CLOSED, IGNORE, IGNORE, IGNORE",
  })
  void row34aJudgesFrames(
      StreamState state,
      String data,
      String headers,
      String reset,
      String window,
      String priority) {
    assertThat(state.verdict(FrameType.DATA)).hasToString(data);
    assertThat(state.verdict(FrameType.HEADERS)).hasToString(headers);
    assertThat(state.verdict(FrameType.CONTINUATION)).hasToString(headers);
    assertThat(state.verdict(FrameType.RST_STREAM)).hasToString(reset);
    assertThat(state.verdict(FrameType.WINDOW_UPDATE)).hasToString(window);
    assertThat(state.verdict(FrameType.PRIORITY)).hasToString(priority);
  }

  @ParameterizedTest
  @EnumSource
  void takesDataExactlyWhereItReceives(StreamState state) {
    assertThat(state.verdict(FrameType.DATA) == StreamState.Verdict.TAKE)
        .isEqualTo(state.receives());
  }
}
