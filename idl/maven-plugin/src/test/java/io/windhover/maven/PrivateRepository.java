package io.windhover.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/// A local Maven repository that a test has for itself, with the artifacts of this build in it as
/// if they were installed, and the settings by which Maven finds there what else it needs.
final class PrivateRepository {
  private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
  private static final Map<String, String> MODULES =
      Map.of(
          "bom", "windhover-bom",
          "build", "windhover-build",
          "net/buffer", "windhover-buffer",
          "idl/thrift-runtime", "windhover-thrift-runtime",
          "idl/source", "windhover-source",
          "idl/thrift-parser", "windhover-thrift-parser",
          "idl/proto-parser", "windhover-proto-parser",
          "idl/codegen", "windhover-codegen",
          "idl/maven-plugin", "windhover-maven-plugin");

  private final Path folder;
  private final String version;

  PrivateRepository(Path folder, String version) {
    this.folder = folder;
    this.version = version;
  }

  Path folder() {
    return folder;
  }

  void addArtifacts() throws IOException {
    for (var module : MODULES.entrySet()) {
      add("io.windhover", module.getValue(), version, CHECKOUT.resolve(module.getKey()));
    }
  }

  /// Adds a module as if it were installed, in the place of one that is there.
  ///
  /// @param module its folder, with its jar in `target` if it makes one
  void add(String group, String name, String version, Path module) throws IOException {
    var target = folder.resolve(group.replace('.', '/')).resolve(name).resolve(version);
    Files.createDirectories(target);
    Files.copy(
        module.resolve("pom.xml"),
        target.resolve(name + "-" + version + ".pom"),
        StandardCopyOption.REPLACE_EXISTING);
    if (Files.isDirectory(module.resolve("src"))) {
      var jar = name + "-" + version + ".jar";
      Files.copy(
          module.resolve("target").resolve(jar),
          target.resolve(jar),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// Writes settings by which Maven looks into the repository of this build first, then on Maven
  /// Central.
  Path settings() throws IOException {
    var build = Path.of(System.getProperty("maven.repo.local")).toUri();
    return Files.writeString(
        folder.resolve("settings.xml"),
        """
        <settings>
          <profiles>
            <profile>
              <id>build</id>
              <repositories>
                <repository>
                  <id>build</id>
                  <url>%1$s</url>
                  <snapshots><enabled>false</enabled></snapshots>
                </repository>
              </repositories>
              <pluginRepositories>
                <pluginRepository>
                  <id>build</id>
                  <url>%1$s</url>
                  <snapshots><enabled>false</enabled></snapshots>
                </pluginRepository>
              </pluginRepositories>
            </profile>
          </profiles>
          <activeProfiles>
            <activeProfile>build</activeProfile>
          </activeProfiles>
        </settings>
        """
            .formatted(build));
  }
}
