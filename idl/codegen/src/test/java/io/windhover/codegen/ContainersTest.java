package io.windhover.codegen;

import static io.windhover.codegen.Everything.ID;
import static io.windhover.codegen.Everything.binary;
import static io.windhover.codegen.Everything.level;
import static io.windhover.codegen.Everything.point;
import static io.windhover.codegen.Everything.scalars;
import static io.windhover.codegen.Everything.shape;
import static io.windhover.codegen.Everything.struct;
import static io.windhover.codegen.Everything.tree;
import static io.windhover.codegen.Everything.type;
import static io.windhover.codegen.Everything.unknownLevel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.thrift.ThriftProtocolException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/// Lists, sets and maps, also of one another, generated, compiled and run.
final class ContainersTest {

  @Test
  void containersTravel() {
    var containers = containers();

    assertThat(containers.again()).isEqualTo(containers);
    assertThat(containers.again()).hasToString(containers.toString());
    assertThat(struct("Containers").again()).isEqualTo(struct("Containers"));
  }

  private static Struct containers() {
    var point = point(1).value();
    var circle = shape("Radius", 2.5);
    return struct("Containers")
        .set("bools", List.of(true, false))
        .set("bytes", List.of((byte) 1))
        .set("shorts", List.of((short) 1))
        .set("ints", List.of(1, 2))
        .set("longs", List.of(1L, 2L))
        .set("doubles", List.of(1.5))
        .set("strings", List.of("a", "b"))
        .set("binaries", List.of(binary("a")))
        .set("uuids", List.of(ID))
        .set("levels", List.of(level("LOW"), unknownLevel()))
        .set("structs", List.of(scalars().value()))
        .set("shapes", List.of(circle, shape("Corner", point)))
        .set("names", Set.of("a", "b"))
        .set("byNumber", Map.of(1, "one", 2, "two"))
        .set("cube", List.of(List.of(List.of(1L), List.of()), List.of()))
        .set("maps", Map.of("a", Map.of(level("LOW"), Set.of(ID))))
        .set("oddKeys", Map.of(List.of(1, 2), Set.of(List.of("x"), List.of())))
        .set("deep", List.of(Map.of(point, List.of(circle))))
        .set("maybe", Set.of(Set.of((short) 1)))
        .set("copies", Map.of(List.of(point), List.of(List.of(point))));
  }

  @Test
  void copiesAreDeep() {
    var containers = containers();
    var copy = new Struct(containers.call("deepCopy"));

    assertThat(copy).isEqualTo(containers);
    var shared = ((List<?>) copy.get("structs")).getFirst();
    new Struct(shared).set("anInt", 99);
    assertThat(copy).isNotEqualTo(containers);
    var tree = tree();
    assertThat(new Struct(tree.call("deepCopy"))).isEqualTo(tree);
    var shape = new Struct(shape("Corner", point(3).value()));
    new Struct(new Struct(shape.call("deepCopy")).get("value")).set("x", 4);
    assertThat(shape).isEqualTo(new Struct(shape("Corner", point(3).value())));
  }

  @Test
  void theWireKeepsTheOrderOfMapsAndSets() {
    var numbers = new LinkedHashMap<Integer, String>();
    for (int i = 20; i > 0; i--) {
      numbers.put(i, "n");
    }
    var containers = struct("Containers").set("byNumber", numbers);

    assertThat(containers.again().hex()).isEqualTo(containers.hex());
  }

  @Test
  void keysOfEqualHashCodesAreLimited() {
    assertThat(oddKeys(5000, i -> List.of(i, i)).again())
        .isEqualTo(oddKeys(5000, i -> List.of(i, i)));

    var forged = oddKeys(2000, i -> List.of(i, -31 * i)).hex();
    assertThatThrownBy(() -> Struct.read(type("Containers"), forged))
        .isInstanceOf(ThriftProtocolException.class)
        .hasMessage("too many keys of maps and sets have equal hash codes");
  }

  private static Struct oddKeys(int count, IntFunction<List<Integer>> key) {
    var map = new LinkedHashMap<List<Integer>, Set<List<String>>>();
    for (int i = 0; i < count; i++) {
      map.put(key.apply(i), Set.of());
    }
    return struct("Containers").set("oddKeys", map);
  }

  @Test
  void aListOfOtherElementsIsNotTaken() {
    var containers = Struct.read(type("Containers"), "0f 0004 0b 00000001 00000001 61 00");

    assertThat(containers.get("ints")).isEqualTo(List.of());
    var cube =
        Struct.read(
            type("Containers"), "0f 000f 0f 00000002 0b 00000001 00000001 61 0f 00000000 00");
    assertThat(cube.get("cube")).isEqualTo(List.of(List.of(), List.of()));
  }
}
