package io.windhover.source.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DepthFirstTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "a:              | a         | []",
        "a:b b:c c:      | c b a     | []",
        "a:bc b:d c:d d: | d b c a   | []",
        "a:a             | a         | [[a]]",
        "a:b b:a         | b a       | [[a, b]]",
        "a:b b:c c:b     | c b a     | [[b, c]]",
        "a:b b:ca c:a    | c b a     | [[a, b, c]]",
        "a:b b:a c:d d:c | b a d c   | [[a, b], [c, d]]",
        "a:bb b:         | b a       | []",
      })
  void ordersAndFindsCycles(String graph, String postorder, String cycles) {
    Map<String, List<String>> edges =
        Arrays.stream(graph.strip().split(" "))
            .collect(
                Collectors.toMap(
                    it -> it.substring(0, 1),
                    it -> it.substring(2).chars().mapToObj(Character::toString).toList()));

    var walk = DepthFirst.walk(edges.keySet().stream().sorted().toList(), edges::get);

    assertThat(String.join(" ", walk.postorder())).isEqualTo(postorder.strip());
    assertThat(walk.cycles()).hasToString(cycles.strip());
  }

  @Test
  void isNotAsDeepAsTheGraph() {
    int nodes = 100_000;

    var walk = DepthFirst.walk(List.of(0), it -> List.of((it + 1) % nodes));

    assertThat(walk.postorder().getFirst()).isEqualTo(nodes - 1);
    assertThat(walk.cycles()).singleElement().asInstanceOf(LIST).hasSize(nodes);
  }

  @Test
  void keepsABoundedNumberOfCycles() {
    var nodes = IntStream.range(0, 100_000).boxed().toList();

    assertThat(DepthFirst.walk(nodes, List::of).cycles()).hasSize(100);
  }
}
