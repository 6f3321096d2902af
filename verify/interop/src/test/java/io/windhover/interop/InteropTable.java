package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// What came out: for each theme a row for each scenario, a column for each pairing.
///
/// All test classes of a run share one, as a parameter of their methods. At the end it is printed,
/// and written to `target/interop-table.txt`.
final class InteropTable implements AutoCloseable {
  private static final Path FILE = Path.of("target", "interop-table.txt");

  private final Map<String, Theme> themes = new LinkedHashMap<>();

  /// Gives the table to test methods.
  static final class Parameter implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == InteropTable.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      var store = test.getRoot().getStore(ExtensionContext.Namespace.GLOBAL);
      return store.computeIfAbsent(InteropTable.class, _ -> new InteropTable(), InteropTable.class);
    }
  }

  /// Runs a column's scenarios; fails if one of them does.
  List<Outcome> check(Column column) {
    var outcomes = column.outcomes();
    themes.computeIfAbsent(column.theme(), _ -> new Theme()).add(column, outcomes);
    assertThat(outcomes).as(column.toString()).isNotEmpty().allMatch(Outcome::ok);
    return outcomes;
  }

  @Override
  public void close() throws IOException {
    var text = toString();
    System.out.println(text);
    Files.writeString(FILE, text);
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    themes.forEach((name, theme) -> text.append("%n%s%n%n%s".formatted(name, theme)));
    int rows = themes.values().stream().mapToInt(theme -> theme.rows.size()).sum();
    return text.append("%n%d rows%n".formatted(rows)).toString();
  }

  private static final class Theme {
    private final Map<String, Map<String, Outcome>> rows = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    void add(Column column, List<Outcome> outcomes) {
      var name = column.toString();
      numbers.putIfAbsent(name, numbers.size() + 1);
      for (var outcome : outcomes) {
        rows.computeIfAbsent(outcome.scenario(), _ -> new HashMap<>()).put(name, outcome);
      }
    }

    @Override
    public String toString() {
      var text = new StringBuilder();
      numbers.forEach((column, number) -> text.append("%3d  %s%n".formatted(number, column)));
      text.append("%n%-36s".formatted(""));
      numbers.values().forEach(number -> text.append("%7d".formatted(number)));
      rows.forEach(
          (scenario, cells) -> {
            text.append("%n%-36s".formatted(scenario));
            numbers
                .keySet()
                .forEach(column -> text.append("%7s".formatted(cell(cells.get(column)))));
          });
      return text.append(System.lineSeparator()).toString();
    }

    private static String cell(Outcome outcome) {
      if (outcome == null) {
        return "-"; // not for this pairing
      }
      return outcome.ok() ? "ok" : "FAILED";
    }
  }
}
