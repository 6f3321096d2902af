package io.windhover.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/// What newcomers paste from `docs/guides/getting-started.md` fits this project.
final class GettingStartedTest {

  private static final Page PAGE = new Page("docs/guides/getting-started.md");
  private static final Pattern CLASS = Pattern.compile("final class (\\w+)");

  /// Where our build says which version of an artifact it takes.
  private static final Map<String, String> PROPERTIES =
      Map.of("junit-jupiter", "junit.version", "assertj-core", "assertj.version");

  private record Coordinates(String groupId, String artifactId, String version) {}

  @Test
  void theBuildNamesWhatThisBuildMakes() throws Exception {
    var page = xml(PAGE.blocks("xml").getFirst());
    var ours = xml(Files.readString(Path.of("../build/pom.xml")));
    var published = artifactIds(xml(Files.readString(Path.of("../bom/pom.xml"))));
    published.add("windhover-maven-plugin");
    var version = text(ours.getDocumentElement(), "version");

    assertThat(text(page.getDocumentElement(), "windhover.version")).isEqualTo(version);
    assertThat(coordinates(page, "dependency"))
        .filteredOn(it -> it.groupId.equals("io.windhover"))
        .hasSize(2)
        .allSatisfy(
            it -> {
              assertThat(it.artifactId).isIn(published);
              assertThat(it.version).isEqualTo("${windhover.version}");
            });
    var plugins = versions(page);
    assertThat(plugins.remove("windhover-maven-plugin")).isEqualTo("${windhover.version}");
    assertThat(versions(ours)).containsAllEntriesOf(plugins);
  }

  /// An older Surefire runs no test of JUnit 6, and the build is green.
  @ParameterizedTest
  @ValueSource(strings = {"getting-started", "testing"})
  void testsRunOnWhatOursRunOn(String guide) throws Exception {
    var blocks = String.join("", new Page("docs/guides/" + guide + ".md").blocks("xml"));
    var page = xml("<page>" + blocks.replaceFirst("<\\?xml.*\\?>", "") + "</page>");
    var ours = xml(Files.readString(Path.of("../build/pom.xml")));

    assertThat(versions(page))
        .containsEntry("maven-surefire-plugin", versions(ours).get("maven-surefire-plugin"));
    assertThat(coordinates(page, "dependency"))
        .filteredOn(it -> !it.groupId.equals("io.windhover"))
        .isNotEmpty()
        .allSatisfy(
            it ->
                assertThat(it.version)
                    .isEqualTo(text(ours.getDocumentElement(), PROPERTIES.get(it.artifactId))));
  }

  /// With the classes of the README's IDL, which is the same.
  @Test
  void theCodeCompiles(@TempDir Path folder) throws IOException {
    assertThat(PAGE.blocks("thrift")).isEqualTo(new Page("README.md").blocks("thrift"));
    var javac = ToolProvider.getSystemJavaCompiler();
    for (var block : PAGE.blocks("java")) {
      var source = block.replace("package hello;", "package io.windhover.examples.readme;");
      var name = CLASS.matcher(source).results().findFirst().orElseThrow().group(1);
      var file = Files.writeString(folder.resolve(name + ".java"), source);
      var messages = new StringWriter();
      try (var files = javac.getStandardFileManager(null, null, null)) {
        var options =
            List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
        var units = files.getJavaFileObjects(file);

        assertThat(javac.getTask(messages, files, null, options, null, units).call())
            .as(() -> name + ": " + messages)
            .isTrue();
      }
    }
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  private static List<Element> elements(Document document, String tag) {
    var nodes = document.getElementsByTagName(tag);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static List<Coordinates> coordinates(Document document, String tag) {
    return elements(document, tag).stream()
        .map(
            it -> new Coordinates(text(it, "groupId"), text(it, "artifactId"), text(it, "version")))
        .toList();
  }

  private static List<String> artifactIds(Document document) {
    return coordinates(document, "dependency").stream()
        .map(Coordinates::artifactId)
        .collect(Collectors.toList());
  }

  private static Map<String, String> versions(Document document) {
    return coordinates(document, "plugin").stream()
        .filter(it -> !it.version.isEmpty())
        .collect(
            Collectors.toMap(Coordinates::artifactId, Coordinates::version, (first, _) -> first));
  }

  /// Returns the text of the first element of a name in another, or nothing.
  private static String text(Element parent, String tag) {
    var nodes = parent.getElementsByTagName(tag);
    return nodes.getLength() == 0 ? "" : nodes.item(0).getTextContent();
  }
}
