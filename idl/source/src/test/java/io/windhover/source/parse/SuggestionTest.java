package io.windhover.source.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuggestionTest {

  @ParameterizedTest
  @CsvSource({
    "same, same, 0",
    "Same, sAME, 0",
    "same, sane, 1",
    "same, sme, 1",
    "same, sames, 1",
    "same, asme, 1",
    "kitten, sitting, 3",
    "'', abc, 3"
  })
  void countsEdits(String from, String to, int edits) {
    assertThat(Suggestion.distance(from, to)).isEqualTo(edits);
    assertThat(Suggestion.distance(to, from)).isEqualTo(edits);
  }

  @ParameterizedTest
  @CsvSource({
    "Ordr, did you mean 'Order'?",
    "order, did you mean 'Order'?",
    "Itme, did you mean 'Item'?",
    "X,",
    "Customer,"
  })
  void suggestsWhatIsNear(String word, String help) {
    assertThat(Suggestion.help(word, List.of("Item", "Order", "Items")).orElse(null))
        .isEqualTo(help);
  }
}
