package io.windhover.proto.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NameStyleTest {

  @ParameterizedTest
  @CsvSource({
    "order_line, OrderLine, order_line, ORDER_LINE",
    "OrderLine, OrderLine, order_line, ORDER_LINE",
    "orderLine2, OrderLine2, order_line2, ORDER_LINE2",
    "ORDER_LINE, OrderLine, order_line, ORDER_LINE",
    "HTTPServer, HttpServer, http_server, HTTP_SERVER",
    "_a__b_, AB, a_b, A_B"
  })
  void writesTheSameWords(String name, String title, String lower, String upper) {
    assertThat(NameStyle.TITLE.applied(name)).isEqualTo(title);
    assertThat(NameStyle.LOWER.applied(name)).isEqualTo(lower);
    assertThat(NameStyle.UPPER.applied(name)).isEqualTo(upper);
  }

  @ParameterizedTest
  @CsvSource({
    "TITLE, OrderLine, order_line",
    "TITLE, A, a",
    "LOWER, a1_b, aB",
    "LOWER, shop.v1, Shop.v1",
    "LOWER, a, a__b",
    "UPPER, A1_B, A_1B",
    "UPPER, A, _A"
  })
  void knowsItsOwn(NameStyle style, String good, String bad) {
    assertThat(style.matches(good)).isTrue();
    assertThat(style.matches(bad)).isFalse();
  }
}
