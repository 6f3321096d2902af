package io.windhover.netpoll;

import static io.windhover.netpoll.ConnectionState.CLOSED;
import static io.windhover.netpoll.ConnectionState.DRAINING;
import static io.windhover.netpoll.ConnectionState.LINGERING;
import static io.windhover.netpoll.ConnectionState.OPEN;
import static io.windhover.netpoll.ConnectionState.READ_ONLY;
import static io.windhover.netpoll.ConnectionState.WRITE_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.netpoll.ConnectionState.Event;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ConnectionStateTest {

  record Row(
      ConnectionState from,
      ConnectionState inputEnded,
      ConnectionState outputEnded,
      ConnectionState close,
      ConnectionState flushed,
      ConnectionState lost) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(OPEN, WRITE_ONLY, READ_ONLY, DRAINING, OPEN, CLOSED),
        new Row(WRITE_ONLY, WRITE_ONLY, DRAINING, DRAINING, WRITE_ONLY, CLOSED),
        new Row(READ_ONLY, DRAINING, READ_ONLY, DRAINING, READ_ONLY, CLOSED),
        new Row(DRAINING, DRAINING, DRAINING, DRAINING, LINGERING, CLOSED),
        new Row(LINGERING, LINGERING, LINGERING, LINGERING, LINGERING, CLOSED),
        new Row(CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void movesAsDrawn(Row row) {
    assertThat(row.from.on(Event.INPUT_ENDED)).isEqualTo(row.inputEnded);
    assertThat(row.from.on(Event.OUTPUT_ENDED)).isEqualTo(row.outputEnded);
    assertThat(row.from.on(Event.CLOSE)).isEqualTo(row.close);
    assertThat(row.from.on(Event.FLUSHED)).isEqualTo(row.flushed);
    assertThat(row.from.on(Event.LOST)).isEqualTo(row.lost);
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN, true, true",
    "WRITE_ONLY, false, true",
    "READ_ONLY, true, false",
    "DRAINING, false, false",
    "LINGERING, false, false"
  })
  void allows(ConnectionState state, boolean reads, boolean takesWrites) {
    assertThat(state.reads()).isEqualTo(reads);
    assertThat(state.takesWrites()).isEqualTo(takesWrites);
  }
}
