package io.windhover.rpc.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.wire.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class StatusTableTest {

  @ParameterizedTest
  @CsvSource({
    "0, UNKNOWN",
    "1, UNIMPLEMENTED",
    "6, INTERNAL",
    "7, INTERNAL",
    "20, UNIMPLEMENTED",
    "1938274400, INVALID_ARGUMENT",
    "1938274408, DEADLINE_EXCEEDED",
    "1938274429, RESOURCE_EXHAUSTED",
    "1938274500, UNAVAILABLE",
    "1938274503, UNAVAILABLE",
    "1938274529, RESOURCE_EXHAUSTED",
    "1938274005, NOT_FOUND",
    "4711, UNKNOWN"
  })
  void tellsOfAnErrorByACode(int number, GrpcCode code) {
    assertThat(StatusTable.code(number)).isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource
  void hasACodeForEachOfOurErrors(ErrorCode error) {
    assertThat(error == ErrorCode.UNKNOWN)
        .isEqualTo(StatusTable.code(error.number()) == GrpcCode.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OK")
  void hasANumberForEachCodeThatLeadsBackToIt(GrpcCode code) {
    assertThat(StatusTable.code(StatusTable.number(code))).isEqualTo(code);
  }

  @Test
  void hasNoNumberForSuccess() {
    assertThatThrownBy(() -> StatusTable.number(GrpcCode.OK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("code: OK");
  }

  @Test
  void promisesNoRetryThatTheServerHasNotPromised() {
    for (var code : List.of(GrpcCode.UNAVAILABLE, GrpcCode.RESOURCE_EXHAUSTED)) {
      assertThat(StatusTable.kind(StatusTable.number(code))).isEqualTo(Kind.REMOTE);
    }
    assertThat(StatusTable.kind(ApplicationException.OVERLOADED)).isEqualTo(Kind.NOT_SENT);
    assertThat(StatusTable.kind(StatusTable.number(GrpcCode.DEADLINE_EXCEEDED)))
        .isEqualTo(Kind.TIMEOUT);
    assertThat(StatusTable.kind(StatusTable.number(GrpcCode.CANCELLED))).isEqualTo(Kind.CANCELLED);
  }

  @ParameterizedTest
  @CsvSource({
    "400, INTERNAL",
    "401, UNAUTHENTICATED",
    "403, PERMISSION_DENIED",
    "404, UNIMPLEMENTED",
    "429, UNAVAILABLE",
    "502, UNAVAILABLE",
    "503, UNAVAILABLE",
    "504, UNAVAILABLE",
    "500, UNKNOWN"
  })
  void row39hMapsWhatAProxyAnswers(int status, GrpcCode code) {
    assertThat(StatusTable.ofHttp(status)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "0, INTERNAL",
    "2, INTERNAL",
    "3, RESOURCE_EXHAUSTED",
    "7, UNAVAILABLE",
    "8, CANCELLED",
    "11, RESOURCE_EXHAUSTED",
    "12, PERMISSION_DENIED",
    "1000, UNAVAILABLE",
    "99, INTERNAL"
  })
  void mapsResets(int error, GrpcCode code) {
    assertThat(StatusTable.ofReset(error)).isEqualTo(code);
  }

  @Test
  void readsNumbersThatNobodyKnowsAsUnknown() {
    assertThat(GrpcCode.of(17)).isEqualTo(GrpcCode.UNKNOWN);
    assertThat(GrpcCode.of(-1)).isEqualTo(GrpcCode.UNKNOWN);
    assertThat(GrpcCode.of(16)).isEqualTo(GrpcCode.UNAUTHENTICATED);
  }
}
