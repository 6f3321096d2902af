package io.windhover.thriftgo;

import java.util.List;
import java.util.Optional;

/// What a plugin answers.
///
/// @param error why there is no output
public record Response(
    Optional<String> error, Optional<List<Generated>> contents, Optional<List<String>> warnings) {

  public Response {
    contents = contents.map(List::copyOf);
    warnings = warnings.map(List::copyOf);
  }

  /// @throws PluginException if the bytes do not begin with a response
  public static Response read(byte[] bytes) {
    return StructReader.read(bytes, Response.class);
  }

  public byte[] write() {
    return StructWriter.write(this, StructWriter.MAX_BYTES);
  }

  /// A file, or a piece of one.
  ///
  /// @param name absolute, or relative to the working folder; absent for a piece of the file that
  ///   was named last
  /// @param insertionPoint where in that file the piece goes
  public record Generated(
      @Required String content, Optional<String> name, Optional<String> insertionPoint) {}
}
