package io.windhover.rpc.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.RpcException.Kind;
import io.windhover.thrift.ApplicationError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StreamFailureTest {

  /// The deadline passes on both sides at once, and either may be the first to say so.
  @ParameterizedTest
  @CsvSource({"12007, CANCELLED", "12013, CANCELLED", "12014, TIMEOUT", "12015, TIMEOUT"})
  void tellsTimeFromWillInAReset(int code, Kind kind) {
    assertThat(StreamFailure.reset(new ApplicationError(code, "why"), "").kind()).isEqualTo(kind);
  }
}
