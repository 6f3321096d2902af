package io.windhover.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A folder with Windhover's artifacts in the layout of a Maven repository, for a project that is
/// to build where they cannot be downloaded.
///
/// A snapshot gets a time stamp and metadata as a deployed one has: Maven keeps a copy of each, and
/// would not see without that there is a newer one.
final class ArtifactRepository {
  private static final String GROUP = "io/windhover";
  private static final String SNAPSHOT = "-SNAPSHOT";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd.HHmmss").withZone(ZoneOffset.UTC);

  /// What a service needs to be built, tested and run, by its folder in a checkout.
  private final Map<String, String> modules;

  private final Path checkout;
  private final String version;

  /// @param language of the service
  ArtifactRepository(Path checkout, String version, Language language) {
    this.checkout = checkout;
    this.version = version;
    this.modules = modules(language);
  }

  private static Map<String, String> modules(Language language) {
    var modules = new LinkedHashMap<String, String>();
    modules.put("bom", "windhover-bom");
    modules.put("build", "windhover-build");
    modules.put("net/buffer", "windhover-buffer");
    modules.put("net/netpoll", "windhover-netpoll");
    modules.put("idl/thrift-runtime", "windhover-thrift-runtime");
    modules.put("idl/source", "windhover-source");
    modules.put("idl/thrift-parser", "windhover-thrift-parser");
    modules.put("idl/proto-parser", "windhover-proto-parser");
    modules.put("idl/codegen", "windhover-codegen");
    modules.put("idl/maven-plugin", "windhover-maven-plugin");
    modules.put("rpc/api", "windhover-api");
    modules.put("rpc/core", "windhover-core");
    modules.put("rpc/testing", "windhover-testing");
    if (language == Language.PROTO) {
      modules.put("net/http2", "windhover-http2");
      modules.put("idl/proto-runtime", "windhover-proto-runtime");
      modules.put("rpc/proto", "windhover-proto");
      modules.put("rpc/protobuf", "windhover-protobuf");
      modules.put("rpc/grpc", "windhover-grpc");
    }
    return modules;
  }

  /// @throws NoSuchFileException if an artifact is not there
  void requireBuilt() throws IOException {
    for (var module : modules.entrySet()) {
      Path folder = checkout.resolve(module.getKey());
      Path needed = hasJar(folder) ? jar(folder, module.getValue()) : folder.resolve("pom.xml");
      if (!Files.exists(needed)) {
        throw new NoSuchFileException(needed.toString(), null, "is not built: run mvn package");
      }
    }
  }

  private static boolean hasJar(Path module) {
    return Files.isDirectory(module.resolve("src"));
  }

  private Path jar(Path module, String artifact) {
    return module.resolve("target/%s-%s.jar".formatted(artifact, version));
  }

  /// Copies the artifacts that the checkout has built.
  void write(Path folder) throws IOException {
    for (var module : modules.entrySet()) {
      write(checkout.resolve(module.getKey()), module.getValue(), folder);
    }
  }

  private void write(Path module, String artifact, Path folder) throws IOException {
    var sources = new LinkedHashMap<String, Path>();
    sources.put("pom", module.resolve("pom.xml"));
    if (hasJar(module)) {
      sources.put("jar", jar(module, artifact));
    }
    Instant time = Files.getLastModifiedTime(sources.lastEntry().getValue()).toInstant();
    boolean isSnapshot = version.endsWith(SNAPSHOT);
    String stamp = STAMP.format(time);
    String value =
        isSnapshot
            ? version.substring(0, version.length() - SNAPSHOT.length()) + "-" + stamp + "-1"
            : version;
    Path target = folder.resolve(GROUP).resolve(artifact).resolve(version);
    Files.createDirectories(target);
    for (var source : sources.entrySet()) {
      String name = "%s-%s.%s".formatted(artifact, value, source.getKey());
      Files.copy(source.getValue(), target.resolve(name));
    }
    if (isSnapshot) {
      Files.writeString(
          target.resolve("maven-metadata.xml"),
          metadata(artifact, stamp, value, List.copyOf(sources.keySet())));
    }
  }

  private String metadata(String artifact, String stamp, String value, List<String> extensions) {
    String updated = stamp.replace(".", "");
    var versions = new ArrayList<String>();
    for (String extension : extensions) {
      versions.add(
          """
                <snapshotVersion>
                  <extension>%s</extension>
                  <value>%s</value>
                  <updated>%s</updated>
                </snapshotVersion>
          """
              .formatted(extension, value, updated));
    }
    return """
    <metadata modelVersion="1.1.0">
      <groupId>io.windhover</groupId>
      <artifactId>%s</artifactId>
      <version>%s</version>
      <versioning>
        <snapshot>
          <timestamp>%s</timestamp>
          <buildNumber>1</buildNumber>
        </snapshot>
        <lastUpdated>%s</lastUpdated>
        <snapshotVersions>
    %s    </snapshotVersions>
      </versioning>
    </metadata>
    """
        .formatted(artifact, version, stamp, updated, String.join("", versions));
  }
}
