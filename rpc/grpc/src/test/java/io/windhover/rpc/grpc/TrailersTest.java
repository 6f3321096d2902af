package io.windhover.rpc.grpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.http2.hpack.HeaderField;
import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import io.windhover.thrift.Binary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrailersTest {

  private static List<HeaderField> written(ApplicationException error) {
    var fields = new ArrayList<HeaderField>();
    Trailers.write(error, fields);
    return fields;
  }

  private static HeaderField field(String name, String value) {
    return new HeaderField(name, value);
  }

  @Test
  void leavesOutANumberThatTheStatusTells() {
    assertThat(written(new ApplicationException(6, "broken")))
        .containsExactly(field("grpc-status", "13"), field("grpc-message", "broken"));
  }

  @ParameterizedTest
  @CsvSource({"7", "20", "4711", "1938274503", "1938274529"})
  void keepsTheNumberOfAnErrorBesideItsStatus(int number) {
    var read = Trailers.read(written(new ApplicationException(number, "what")));

    assertThat(read.number()).isEqualTo(number);
    assertThat(read.status()).isEqualTo(new GrpcStatus(StatusTable.code(number), "what"));
  }

  @Test
  void keepsTheDetailsOfAStatus() {
    var status = new GrpcStatus(GrpcCode.NOT_FOUND, "none", Binary.of(new byte[] {1, -1, 3}));
    var fields = written(new GrpcException(status));

    assertThat(fields).contains(field("grpc-status-details-bin", "Af8D"));
    assertThat(Trailers.read(fields).status()).isEqualTo(status);
  }

  @Test
  void writesABusinessStatusAsKitexDoes() {
    var fields = new ArrayList<HeaderField>();

    Trailers.write(new BusinessException(404, "none", Map.of("k\u00e9", "v\u263a")), fields);

    assertThat(fields)
        .containsExactly(
            field("grpc-status", "13"),
            field("grpc-message", "none"),
            field("biz-status", "404"),
            field("biz-extra", "{\"k\\u00e9\":\"v\\u263a\"}"));
    var read = requireNonNull(Trailers.read(fields).business());
    assertThat(read.code()).isEqualTo(404);
    assertThat(read.text()).isEqualTo("none");
    assertThat(read.extra()).isEqualTo(Map.of("k\u00e9", "v\u263a"));
  }

  @Test
  void readsAnExtraInUtf8AsKitexWritesIt() {
    var extra = new String("{\"k\":\"\u263a\"}".getBytes(UTF_8), ISO_8859_1);

    var read =
        Trailers.read(
            List.of(
                field("grpc-status", "13"), field("biz-status", "1"), field("biz-extra", extra)));

    assertThat(requireNonNull(read.business()).extra()).isEqualTo(Map.of("k", "\u263a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "99999999999"})
  void readsABusinessStatusThatIsNoNumberAsInternal(String code) {
    var read = Trailers.read(List.of(field("grpc-status", "2"), field("biz-status", code)));

    assertThat(read.business()).isNull();
    assertThat(read.status().code()).isEqualTo(GrpcCode.INTERNAL);
  }

  @Test
  void row39hReadsAMissingStatusAsUnknown() {
    assertThat(Trailers.read(List.of(field("x-a", "b"))).status().code())
        .isEqualTo(GrpcCode.UNKNOWN);
    assertThat(Trailers.areIn(List.of(field("x-a", "b")))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"99", "17", "-1", "x"})
  void row39hReadsAStatusThatNobodyKnowsAsUnknown(String number) {
    var read = Trailers.read(List.of(field("grpc-status", number), field("grpc-message", "what")));

    assertThat(read.status().code()).isEqualTo(GrpcCode.UNKNOWN);
    assertThat(read.status().message()).isEqualTo("grpc-status " + number + ": what");
  }

  @Test
  void keepsTheNumberOfAnErrorThatKitexSendsAsAStatus() {
    assertThat(Trailers.read(List.of(field("grpc-status", "20"))).number()).isEqualTo(20);
    assertThat(Trailers.read(List.of(field("grpc-status", "4711"))).number()).isEqualTo(4711);
    assertThat(Trailers.read(List.of(field("grpc-status", "-1"))).number()).isZero();
  }

  @Test
  void readsSuccess() {
    var read = Trailers.read(List.of(Trailers.OK));

    assertThat(read.status().code()).isEqualTo(GrpcCode.OK);
    assertThat(read.number()).isZero();
  }
}
