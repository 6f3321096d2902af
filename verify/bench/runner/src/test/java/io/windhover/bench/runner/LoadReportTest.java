package io.windhover.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadReportTest {

  @Test
  void readsWhatAClientSays() throws ContestantException {
    var report =
        LoadReport.parse(
            "calls=3 errors=1 unfinished=2 nanos=1000000000 histogram=5000:2,80000000000:1");

    assertThat(report.calls()).isEqualTo(3);
    assertThat(report.errors()).isEqualTo(1);
    assertThat(report.unfinished()).isEqualTo(2);
    assertThat(report.latencies().getTotalCount()).isEqualTo(3);
    assertThat(report.latencies().getValueAtPercentile(50)).isBetween(4990L, 5064L);
    assertThat(report.latencies().getMaxValue() / 1_000_000_000).as("capped").isEqualTo(60);
  }

  @Test
  void readsALoadWithoutAnAnswer() throws ContestantException {
    var report = LoadReport.parse("calls=0 errors=0 unfinished=0 nanos=1 histogram=");

    assertThat(report.latencies().getTotalCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "calls",
        "calls=3",
        "calls=x errors=0 unfinished=0 nanos=1 histogram=",
        "calls=1 calls=1",
        "calls=1 errors=0 unfinished=0 nanos=1 histogram=12",
        "calls=1 errors=0 unfinished=0 nanos=1 histogram=1:x"
      })
  void rejectsAnythingElse(String words) {
    assertThatThrownBy(() -> LoadReport.parse(words))
        .isInstanceOf(ContestantException.class)
        .hasMessageStartingWith("the client's result is not readable");
  }
}
