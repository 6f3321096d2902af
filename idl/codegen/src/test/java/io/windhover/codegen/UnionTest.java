package io.windhover.codegen;

import static io.windhover.codegen.Everything.level;
import static io.windhover.codegen.Everything.point;
import static io.windhover.codegen.Everything.shape;
import static io.windhover.codegen.Everything.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Unions, generated, compiled and run.
final class UnionTest {

  @Test
  void everyArmOfAUnionTravels() {
    var arms =
        List.of(
            shape("Radius", 1.5),
            shape("Corner", point(1).value()),
            shape("Polygon", List.of(List.of(point(1).value()))),
            shape("Level", level("LOW")),
            shape("String", "text"),
            shape("Unknown_", true),
            shape("Shape_", shape("Codec_", 5L)),
            shape("Named", Map.of("a", shape("Radius", 1.0))));

    var codec = Struct.codec(type("Shape"));
    for (var arm : arms) {
      assertThat(Struct.read(type("Shape"), Struct.hex(codec, arm)).value()).isEqualTo(arm);
    }
  }

  @Test
  void anArmThatIsNotKnownTravels() {
    var hex = "0a 0063 0000000000000007 00";

    var shape = Struct.read(type("Shape"), hex);

    assertThat(shape.value().getClass().getSimpleName()).isEqualTo("Unknown");
    assertThat(Struct.hex(Struct.codec(type("Shape")), shape.value()))
        .isEqualTo(hex.replace(" ", ""));
    assertThat(Struct.read(type("Shape"), "00").value().getClass().getSimpleName())
        .isEqualTo("Unknown");
  }

  @Test
  void anArmOfAnotherTypeIsUnknown() {
    assertThat(Struct.read(type("Shape"), "08 0001 00000001 00").value().getClass().getSimpleName())
        .isEqualTo("Unknown");
  }

  @Test
  void nullIsRefusedByName() {
    assertThatThrownBy(() -> shape("String", null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("string");
  }

  @Test
  void aUnionWithoutArmsTravels() {
    assertThat(Struct.read(type("NoArm"), "00").value()).isInstanceOf(type("NoArm"));
  }
}
