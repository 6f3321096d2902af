package io.windhover.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The build file of `docs/guides/plugins.md`.
final class PluginsGuideTest {
  private static final Path PAGE = Path.of("../../docs/guides/plugins.md");

  @Test
  void setsWhatThereIsToSet() throws IOException {
    var page = Files.readString(PAGE);
    var configuration =
        page.substring(page.indexOf("<configuration>"), page.indexOf("</configuration>"));
    var settings =
        Pattern.compile("^    <(\\w+)>", Pattern.MULTILINE)
            .matcher(configuration)
            .results()
            .map(it -> it.group(1))
            .toList();

    assertThat(settings).containsExactly("pluginClasses", "plugins", "pluginTimeLimit");
    assertThat(Arrays.stream(GenerationMojo.class.getDeclaredFields()).map(it -> it.getName()))
        .containsAll(settings);
  }
}
