package io.windhover.codegen;

import static io.windhover.codegen.Everything.level;
import static io.windhover.codegen.Everything.struct;
import static io.windhover.codegen.Everything.type;
import static io.windhover.codegen.Everything.unknownLevel;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Enums, generated, compiled and run.
final class EnumTest {

  @Test
  void numbersThatNoItemHasTravelEverywhere() {
    var scalars = struct("Scalars").set("aLevel", unknownLevel());

    assertThat(scalars.again().get("aLevel"))
        .isEqualTo(unknownLevel())
        .hasToString("Unknown[value=1234]");
    var containers = struct("Containers").set("levels", List.of(unknownLevel()));
    assertThat(containers.again()).isEqualTo(containers);
  }

  @Test
  void itemsOfOneNumberAreOne() {
    assertThat(level("TOP")).isSameAs(level("HIGH"));
    assertThat(Struct.callStatic(Everything.type("com.example.base", "Level"), "of", 6))
        .isSameAs(level("HIGH"));
    assertThat(new Struct(level("BELOW")).call("value")).isEqualTo(-3);
    assertThat(new Struct(level("value_")).call("value")).isEqualTo(9);
  }

  @Test
  void anEnumWithoutItemsKeepsNumbers() {
    assertThat(Struct.callStatic(type("NoItem"), "of", 1)).hasToString("Unknown[value=1]");
  }
}
