package io.windhover.rpc.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContentTypeTest {

  @ParameterizedTest
  @CsvSource({
    "application/grpc, PROTO",
    "application/grpc+proto, PROTO",
    "application/grpc;charset=utf-8, PROTO",
    "application/grpc+proto; a=b, PROTO",
    "application/grpc+thrift, THRIFT",
    "application/grpc;thrift, THRIFT",
    "Application/GRPC, PROTO",
    "application/GRPC+Thrift, THRIFT",
    "application/grpc+json,",
    "application/grpc-web,",
    "application/json,",
    "'',"
  })
  void row39eReads(String text, @Nullable ContentType type) {
    assertThat(ContentType.read(text)).isEqualTo(type);
  }
}
