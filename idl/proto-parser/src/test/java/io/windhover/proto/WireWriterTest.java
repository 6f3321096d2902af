package io.windhover.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Bytes from the page "Encoding" of Protobuf's documentation, or worked out by its rules.
final class WireWriterTest {

  @Test
  void writesVarints() {
    assertThat(hex(out -> out.varint(1, 150))).isEqualTo("089601");
    assertThat(hex(out -> out.varint(16, 0))).isEqualTo("800100");
    assertThat(hex(out -> out.varint(1, -2))).isEqualTo("08feffffffffffffffff01");
    assertThat(hex(out -> out.bool(2, true))).isEqualTo("1001");
  }

  @Test
  void writesTextsAndMessages() {
    assertThat(hex(out -> out.text(2, "testing"))).isEqualTo("120774657374696e67");
    assertThat(hex(out -> out.message(3, inner -> inner.varint(1, 150)))).isEqualTo("1a03089601");
    assertThat(hex(out -> out.message(3, _ -> {}))).isEqualTo("1a00");
  }

  @Test
  void writesGroups() {
    assertThat(hex(out -> out.group(1, inner -> inner.varint(2, 3)))).isEqualTo("0b10030c");
  }

  @Test
  void writesFixedNumbersLowByteFirst() {
    assertThat(hex(out -> out.fixed32(1, 0x01020304))).isEqualTo("0d04030201");
    assertThat(hex(out -> out.fixed64(1, 0x0102030405060708L))).isEqualTo("090807060504030201");
  }

  private static String hex(Consumer<WireWriter> content) {
    var out = new WireWriter();
    content.accept(out);
    return HexFormat.of().formatHex(out.toByteArray());
  }
}
