package io.windhover.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JdkTest {

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({
    "25.0.1, 25, true",
    "26-ea, 26, true",
    "17.0.12, 17, false",
    "1.8.0_402, 1, false",
    "'', 0, false"
  })
  void readsItsRelease(String version, int feature, boolean fits) throws IOException {
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    var jdk = new Jdk(home);

    assertThat(jdk.feature()).isEqualTo(feature);
    assertThat(jdk.fits()).isEqualTo(fits);
  }

  @Test
  void withoutAReleaseFileItDoesNotFit() {
    assertThat(new Jdk(home).fits()).isFalse();
  }

  @Test
  void isFoundByATool() {
    var java = home.resolve("bin").resolve("java");

    assertThat(Jdk.ofTool(java)).get().extracting(Jdk::java).isEqualTo(java);
  }
}
