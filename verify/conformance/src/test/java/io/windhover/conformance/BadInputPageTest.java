package io.windhover.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whether `docs/bad-input.md` says which test sends which row: all that name a row, and none that
/// is not there.
final class BadInputPageTest {

  private static final Path ROOT = Path.of("..", "..");

  /// What the page has to have: rows of the front door, HTTP/2, Protobuf, gRPC, calls, pools, TLS
  /// and processes.
  private static final List<String> REQUIRED =
      Stream.of(
              numbers(1, 63),
              numbers(69, 76),
              numbers(80, 84),
              numbers(88, 91),
              Stream.of("14b", "29b", "34a", "34b", "38b", "39b", "39c", "39d", "39e"),
              Stream.of("39f", "39g", "39h", "39i", "39j"),
              Stream.of("51b", "51c", "61b", "61c", "61d", "61e", "61f", "84b", "84c", "86"))
          .flatMap(rows -> rows)
          .toList();

  private static final Pattern NUMBER = Pattern.compile("\\d+[a-z]?");
  private static final String NUMBERS = "(\\d+[a-z]?(?:(?:,| and| to) \\d+[a-z]?)*)";
  private static final Pattern IN_COMMENT = Pattern.compile("\\b[Rr]ows? " + NUMBERS);
  private static final Pattern IN_NAME =
      Pattern.compile("(?:@DisplayName\\(|\\(name = )\"" + NUMBERS + ":");

  private static final Pattern IN_METHOD =
      Pattern.compile("void \\w*?[Rr]ows?(\\d+[a-z]?(?:And\\d+[a-z]?)*)");

  /// An entry of a table in Java, in files that say that they have one.
  private static final Pattern IN_TABLE = Pattern.compile("\\b\\w+\\(\\s*\"(\\d\\d?[a-z]?)\",");

  private static final Pattern REFERENCE = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");

  private record Row(String happens, String tests) {}

  private static final Map<String, Row> PAGE = new LinkedHashMap<>();
  private static final Map<String, String> SOURCES = new HashMap<>(); // of tests, by class

  private static Stream<String> numbers(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(Integer::toString);
  }

  @BeforeAll
  static void read() throws IOException {
    for (var line : Files.readAllLines(ROOT.resolve("docs/bad-input.md"))) {
      var cells = line.split("\\|", -1);
      if (cells.length == 6 && NUMBER.matcher(cells[1].strip()).matches()) {
        PAGE.put(cells[1].strip(), new Row(cells[3].strip(), cells[4].strip()));
      }
    }
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            var name = folder.getFileName().toString();
            boolean skipped = name.equals("target") || name.startsWith(".") && !name.equals("..");
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (file.toString().contains("src/test/java") && file.toString().endsWith(".java")) {
              var name = file.getFileName().toString();
              var test = name.substring(0, name.length() - 5);
              SOURCES.merge(test, Files.readString(file), String::concat); // names may come twice
              SOURCES.remove(BadInputPageTest.class.getSimpleName()); // has other numbers
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Test
  void pageHasARowForEachNumber() {
    assertThat(PAGE.keySet()).containsAll(REQUIRED);
  }

  @Test
  void rowHasATestOrSaysWhyNot() {
    PAGE.forEach(
        (number, row) ->
            assertThat(row.tests.isEmpty())
                .as(number)
                .isEqualTo(row.happens.startsWith("not yet:")));
  }

  @Test
  void pageNamesTestsThatExist() {
    PAGE.forEach(
        (number, row) ->
            REFERENCE
                .matcher(row.tests)
                .results()
                .forEach(reference -> assertExists(number, reference)));
  }

  private static void assertExists(String number, MatchResult reference) {
    var source = SOURCES.get(reference.group(1));
    assertThat(source).as("row %s: %s", number, reference.group()).isNotNull();
    var method = reference.group(2);
    if (method != null) {
      assertThat(source).as("row %s", number).contains("void " + method + "(");
    } else {
      assertThat(numbersIn(source)).as(reference.group()).contains(number);
    }
  }

  @Test
  void pageNamesEachTestThatNamesARow() {
    SOURCES.forEach(
        (test, source) -> {
          for (var number : numbersIn(source)) {
            assertThat(PAGE).as(test).containsKey(number);
            assertThat(PAGE.get(number).tests).as("row " + number).contains("`" + test);
          }
        });
  }

  private static Set<String> numbersIn(String source) {
    var numbers = new TreeSet<String>();
    Stream.of(IN_COMMENT, IN_NAME, IN_METHOD)
        .flatMap(pattern -> pattern.matcher(source).results())
        .forEach(match -> addAll(numbers, match.group(1)));
    if (source.contains("table of bad inputs")) {
      IN_TABLE.matcher(source).results().forEach(match -> numbers.add(match.group(1)));
    }
    numbers.remove("00"); // bytes
    return numbers;
  }

  /// @param text such as `82 to 84 and 84c`
  private static void addAll(Set<String> numbers, String text) {
    var all = NUMBER.matcher(text).results().map(MatchResult::group).toList();
    numbers.addAll(all);
    if (text.contains(" to ")) {
      IntStream.range(Integer.parseInt(all.get(0)), Integer.parseInt(all.get(1)))
          .forEach(number -> numbers.add(Integer.toString(number)));
    }
  }
}
