package io.windhover.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectionKindTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "undecided",
      value = {
        "000000, undecided",
        "80010001, CALLS",
        "0000001e, undecided",
        "0000001e80, undecided",
        "0000001e8001, CALLS",
        "0000004c1000, undecided",
        "0000004c100000, undecided",
        "0000004c10000000, CALLS",
        "0000004c10000001, MUX",
        "0000002a10000002, STREAMS",
        "0000002a10000003, STREAMS",
        "50524920, CALLS",
        "47455420, CALLS",
        "00000000, CALLS",
        "ffffffff, CALLS"
      })
  void isToldByTheFirstBytes(String hex, ConnectionKind kind) {
    try (var input = LinkBuffer.wrap(Hex.bytes(hex))) {
      assertThat(ConnectionKind.of(input)).isEqualTo(kind);
    }
  }
}
