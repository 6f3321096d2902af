package io.windhover.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// What `docs/guides/maven.md` says is what the plugin's descriptor says.
final class MavenGuideTest {

  /// A row of the table: which goals have a parameter, how it is set in a command, what it is then.
  record Row(String goals, String property, String value) {}

  @Test
  void twelveLinesAreEnough() throws IOException {
    assertThat(MavenGuide.plugin().lines()).hasSizeLessThanOrEqualTo(12);
  }

  @Test
  void hasEveryGoalWithItsPhase() throws Exception {
    var goals = new TreeMap<String, String>();
    for (var mojo : children(descriptor(), "mojo")) {
      goals.put(text(mojo, "goal"), text(mojo, "phase"));
      assertThat(text(mojo, "threadSafe")).as(text(mojo, "goal")).isEqualTo("true");
    }

    assertThat(table("| goal |"))
        .extracting(it -> it.get(0) + " " + it.get(1))
        .containsExactlyInAnyOrderElementsOf(
            goals.entrySet().stream().map(it -> it.getKey() + " " + it.getValue()).toList());
  }

  @Test
  void hasEveryParameter() throws Exception {
    var rows = new ArrayList<String>();
    for (var row : table("| parameter |")) {
      rows.add(row.get(0) + " " + new Row(row.get(1), row.get(2), row.get(3)));
    }

    assertThat(rows).containsExactlyInAnyOrderElementsOf(parameters());
  }

  /// Eclipse reports every goal that it is told nothing about as an error.
  @Test
  void eclipseKnowsEveryGoal() throws Exception {
    var goals = children(descriptor(), "goal").stream().map(Node::getTextContent).toList();
    var mapping = document("/META-INF/m2e/lifecycle-mapping-metadata.xml");

    assertThat(children(mapping, "goal"))
        .extracting(Node::getTextContent)
        .containsExactlyInAnyOrderElementsOf(goals);
  }

  /// One line a parameter and way of being set: `skip Row[goals=diff, format, ...]`.
  private static List<String> parameters() throws Exception {
    Map<String, Map<List<String>, Set<String>>> goals = new TreeMap<>();
    for (var mojo : children(descriptor(), "mojo")) {
      var configuration = (Element) mojo.getElementsByTagName("configuration").item(0);
      for (var parameter : children(mojo, "parameter")) {
        if (text(parameter, "editable").equals("true")) {
          var name = text(parameter, "name");
          goals
              .computeIfAbsent(name, it -> new HashMap<>())
              .computeIfAbsent(setting(configuration, name), it -> new TreeSet<>())
              .add(text(mojo, "goal"));
        }
      }
    }
    var lines = new ArrayList<String>();
    goals.forEach(
        (name, settings) ->
            settings.forEach(
                (setting, of) ->
                    lines.add(
                        name
                            + " "
                            + new Row(String.join(", ", of), setting.get(0), setting.get(1)))));
    return lines;
  }

  /// The property and the default.
  private static List<String> setting(Element configuration, String name) {
    var elements = configuration.getElementsByTagName(name);
    if (elements.getLength() == 0) {
      return List.of("", "");
    }
    var element = (Element) elements.item(0);
    var property = element.getTextContent().replaceAll("[${}]", "");
    return List.of(
        property.isEmpty() ? "" : "-D" + property,
        element
            .getAttribute("default-value")
            .replace("${project.basedir}/", "")
            .replace("${project.build.directory}", "target"));
  }

  private static Element descriptor() throws Exception {
    return document("/META-INF/maven/plugin.xml");
  }

  private static Element document(String resource) throws Exception {
    try (InputStream in = MavenGuideTest.class.getResourceAsStream(resource)) {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(in)
          .getDocumentElement();
    }
  }

  private static List<Element> children(Element parent, String tag) {
    var nodes = parent.getElementsByTagName(tag);
    var found = new ArrayList<Element>();
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add((Element) nodes.item(i));
    }
    return found;
  }

  private static String text(Element parent, String tag) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals(tag)) {
        return node.getTextContent();
      }
    }
    return "";
  }

  /// The cells of the rows of a table, without back quotes.
  private static List<List<String>> table(String header) throws IOException {
    return MavenGuide.lines().stream()
        .dropWhile(it -> !it.startsWith(header))
        .skip(2)
        .takeWhile(it -> it.startsWith("|"))
        .map(
            row ->
                Arrays.stream(row.substring(1).split("\\|", -1))
                    .map(cell -> cell.replace("`", "").strip())
                    .collect(Collectors.toList()))
        .toList();
  }
}
