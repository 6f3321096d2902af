package io.windhover.codegen;

import static io.windhover.codegen.Everything.ID;
import static io.windhover.codegen.Everything.binary;
import static io.windhover.codegen.Everything.level;
import static io.windhover.codegen.Everything.shape;
import static io.windhover.codegen.Everything.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Constants, generated, compiled and run.
final class ConstantsTest {

  @Test
  void constants() {
    assertThat(constant("YES")).isEqualTo(true);
    assertThat(constant("SMALL")).isEqualTo((byte) 1);
    assertThat(constant("BIG")).isEqualTo(1234567890123L);
    assertThat(constant("PI")).isEqualTo(3.14159);
    assertThat(constant("WHOLE")).isEqualTo(2.0);
    assertThat((String) constant("GREETING")).startsWith("héllo ").endsWith(" wörld");
    assertThat(constant("BLOB")).isEqualTo(binary("blob"));
    assertThat(constant("ID")).isEqualTo(ID);
    assertThat(constant("TOP_LEVEL")).isEqualTo(level("HIGH"));
    assertThat(constant("ODD_LEVEL")).hasToString("Unknown[value=77]");
    assertThat((List<?>) constant("NAMES")).hasSize(12);
    assertThat((Set<?>) constant("SOME")).hasToString("[z, a, m]");
    assertThat(constant("TABLE")).hasToString("{z=[1, 2], a=[], m=[7, 1]}");
    assertThatThrownBy(() -> ((Map<?, ?>) constant("TABLE")).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void constantsThatHoldStructsAreFresh() {
    var point = new Struct(made("CORNER"));

    assertThat(point.get("x")).isEqualTo(0);
    assertThat(point.get("label")).isEqualTo("somewhere");
    point.set("label", "elsewhere");
    assertThat(new Struct(made("CORNER")).get("label")).isEqualTo("somewhere");
    assertThat(made("FOREST").toString()).contains("Leaf[value=4]");
    assertThat(made("ROUND")).isEqualTo(shape("Radius", 2.0));
    assertThat(made("PLACES").toString()).startsWith("{LOW=Point[x=1, y=2, label=low], HIGH=");
    assertThat((Exception) made("FAILED")).hasMessage("no");
  }

  private static Object constant(String name) {
    return Struct.constant(type("EverythingConstants"), name);
  }

  private static Object made(String name) {
    return Struct.callStatic(type("EverythingConstants"), name);
  }
}
