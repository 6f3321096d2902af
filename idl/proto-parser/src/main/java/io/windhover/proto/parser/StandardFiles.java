package io.windhover.proto.parser;

import io.windhover.proto.source.Bytes;
import io.windhover.proto.source.SourcePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The files under `google/protobuf/` that come with every compiler: that about descriptors, and
/// the well-known types. Ours say the same in fewer words (`docs/decisions/0012-proto-parser.md`).
public final class StandardFiles {

  /// Where they are, as imports say it.
  public static final String FOLDER = "google/protobuf/";

  /// That describes descriptors, and with them all options.
  public static final String DESCRIPTOR = FOLDER + "descriptor.proto";

  private static final Set<String> NAMES =
      Set.of(
          FOLDER + "any.proto",
          FOLDER + "api.proto",
          FOLDER + "compiler/plugin.proto",
          DESCRIPTOR,
          FOLDER + "duration.proto",
          FOLDER + "empty.proto",
          FOLDER + "field_mask.proto",
          FOLDER + "java_features.proto",
          FOLDER + "source_context.proto",
          FOLDER + "struct.proto",
          FOLDER + "timestamp.proto",
          FOLDER + "type.proto",
          FOLDER + "wrappers.proto");

  private StandardFiles() {}

  /// Where they are found.
  public static SourcePath path() {
    return StandardFiles::find;
  }

  /// Their names.
  public static Set<String> names() {
    return NAMES;
  }

  private static Optional<SourcePath.Found> find(String name, int limit) throws IOException {
    if (!NAMES.contains(name)) {
      return Optional.empty();
    }
    String resource = "standard/" + name.substring(FOLDER.length());
    try (InputStream in =
        Objects.requireNonNull(StandardFiles.class.getResourceAsStream(resource))) {
      return Optional.of(
          new SourcePath.Found("<standard>/" + name, Bytes.of(in.readNBytes(limit))));
    }
  }
}
