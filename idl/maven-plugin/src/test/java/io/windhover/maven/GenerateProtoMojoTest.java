package io.windhover.maven;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GenerateProtoMojoTest {
  private static final Path FOLDER = Path.of("/shop/target/generated-resources/proto");

  @Test
  void takesDescriptorsAnywhereInTheJar() {
    assertThatNoException()
        .isThrownBy(
            () -> {
              GenerateProtoMojo.requireInJar(FOLDER, "shop.protoset");
              GenerateProtoMojo.requireInJar(FOLDER, "com/example/shop.protoset");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../../src/main/proto/shop.proto", "/shop/src/main/proto/shop.proto", "", "."})
  void refusesDescriptorsElsewhere(String path) {
    assertThatThrownBy(() -> GenerateProtoMojo.requireInJar(FOLDER, path))
        .isInstanceOf(MojoExecutionException.class)
        .hasMessage(
            "descriptorSet: %s (expected: a path in the jar, such as shop.protoset)"
                .formatted(path));
  }
}
