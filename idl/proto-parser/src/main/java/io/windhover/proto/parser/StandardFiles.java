package io.windhover.proto.parser;

import io.windhover.proto.source.Bytes;
import io.windhover.proto.source.SourcePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The files under `google/protobuf/` that come with every compiler: that about descriptors, and
/// the well-known types. Ours say the same in fewer words (`docs/decisions/0012-proto-parser.md`).
public final class StandardFiles {

  /// That describes descriptors, and with them all options.
  public static final String DESCRIPTOR = "google/protobuf/descriptor.proto";

  private static final String FOLDER = "google/protobuf/";

  private StandardFiles() {}

  /// Where they are found.
  public static SourcePath path() {
    return StandardFiles::find;
  }

  private static Optional<SourcePath.Found> find(String name, int limit) throws IOException {
    if (!name.startsWith(FOLDER)) {
      return Optional.empty();
    }
    String resource = "standard/" + name.substring(FOLDER.length());
    try (InputStream in = StandardFiles.class.getResourceAsStream(resource)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new SourcePath.Found("<standard>/" + name, Bytes.of(in.readNBytes(limit))));
    }
  }
}
