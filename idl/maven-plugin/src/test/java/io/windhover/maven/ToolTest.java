package io.windhover.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said where there is no JDK for the generator.
final class ToolTest {

  @TempDir Path folder;

  @Test
  void saysWhatToRunWhereAGoalLeavesOutTheSelection() throws IOException {
    var own = jdk("17.0.1");

    assertThat(Tool.skipped(own, "lint"))
        .isEqualTo(
            "Windhover needs JDK 25; Maven runs on 17 (%s). This build selects a toolchain in a"
                    .formatted(own)
                + " phase that a goal by itself does not run. Run: mvn compile windhover:lint (or"
                + " set JAVA_HOME to a newer JDK)");
  }

  @Test
  void saysHowToSelectAToolchain() throws IOException {
    var own = jdk("17.0.1");

    assertThat(Tool.none(own))
        .startsWith("Windhover needs JDK 25; Maven runs on 17 (%s), and no JDK".formatted(own))
        .endsWith(
            "Set JAVA_HOME to a newer JDK, or add the goal select-jdk-toolchain of"
                + " maven-toolchains-plugin with version [25,)");
  }

  @Test
  void saysThatTheSelectedToolchainIsTooOld() throws IOException {
    assertThat(Tool.wrongToolchain(jdk("17.0.1"), jdk("21")))
        .contains("Maven runs on 17 (", "and the selected toolchain is 21 (", "version [25,)");
  }

  private Jdk jdk(String version) throws IOException {
    var home = Files.createDirectory(folder.resolve(version));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return new Jdk(home);
  }
}
