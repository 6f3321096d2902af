package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.windhover.interop.GoValidator.Answer;
import io.windhover.interop.RuleSamples.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The verdicts of our checks beside those of thrift-gen-validator, on the same bytes.
///
/// Where the two differ, `validation-differences.txt` says so, and why.
final class RulesInteropTest {
  private static final Path DIFFERENCES = Path.of("src/test/resources/validation-differences.txt");
  private static final String NO_GO = "there is no Go here: on the PATH or in /usr/local/go/bin";

  /// @param ours our verdict
  /// @param theirs that of thrift-gen-validator
  record Difference(String ours, String theirs, String reason) {}

  @Test
  void givesTheSameVerdicts() throws IOException {
    var samples = RuleSamples.all();
    var answers = goValidator().check(samples.stream().map(RulesInteropTest::line).toList());
    var differences = differences();
    var wrong = new ArrayList<String>();

    for (var sample : samples) {
      var theirs = answers.get(sample.name());
      var difference = differences.remove(sample.name());
      boolean isAsExpected =
          difference == null
              ? sample.verdict().equals(theirs.verdict())
              : sample.verdict().equals(difference.ours)
                  && theirs.verdict().equals(difference.theirs)
                  && !difference.reason.isBlank();
      if (!isAsExpected) {
        wrong.add(describe(sample, theirs));
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(differences).as("differences that there are not").isEmpty();
  }

  @Test
  void hasManyValuesThatKeepRulesAndManyThatBreakThem() {
    var verdicts = RuleSamples.all().stream().map(Sample::verdict).toList();

    assertThat(verdicts).filteredOn("valid"::equals).hasSizeGreaterThan(40);
    assertThat(verdicts).filteredOn("invalid"::equals).hasSizeGreaterThan(60);
    assertThat(RuleSamples.all().stream().map(Sample::name)).doesNotHaveDuplicates();
  }

  private static String line(Sample sample) {
    return sample.name() + "\t" + sample.struct() + "\t" + sample.hex();
  }

  private static String describe(Sample sample, Answer theirs) {
    return "%s: ours is %s %s, theirs is %s %s"
        .formatted(
            sample.name(),
            sample.verdict(),
            sample.violations(),
            theirs.verdict(),
            theirs.reason());
  }

  /// Lines of a name, our verdict, theirs and the reason, with bars in between.
  private static Map<String, Difference> differences() throws IOException {
    var differences = new LinkedHashMap<String, Difference>();
    for (var line : Files.readAllLines(DIFFERENCES)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        var cells = List.of(line.split(" *\\| *", 4));
        differences.put(cells.get(0), new Difference(cells.get(1), cells.get(2), cells.get(3)));
      }
    }
    return differences;
  }

  private static GoValidator goValidator() {
    var validator = GoValidator.build();
    if (validator.isEmpty() && "1".equals(System.getenv("WINDHOVER_REQUIRE_PEERS"))) {
      fail(NO_GO);
    }
    return validator.orElseGet(() -> Assumptions.abort(NO_GO));
  }
}
