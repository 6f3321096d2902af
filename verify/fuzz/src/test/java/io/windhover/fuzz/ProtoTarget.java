package io.windhover.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windhover.proto.ProtoCompiler;
import io.windhover.proto.source.Bytes;
import io.windhover.proto.source.SourcePath;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The lexer, the parser and the checks of `.proto` files, with a file of any bytes, which may
/// import itself and the standard files: they have diagnostics for it, or descriptors.
public final class ProtoTarget {
  private static final String NAME = "f.proto";

  private static final int MAX_SHOWN = 1 << 20;

  private ProtoTarget() {}

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) {
    SourcePath path =
        (name, limit) ->
            name.equals(NAME)
                ? Optional.of(
                    new SourcePath.Found(
                        NAME, Bytes.of(Arrays.copyOf(input, Math.min(limit, input.length)))))
                : Optional.empty();
    var compilation = ProtoCompiler.compile(path, List.of(NAME));
    int shown = compilation.diagnostics().stream().mapToInt(it -> it.toString().length()).sum();
    if (shown > MAX_SHOWN) {
      throw new IllegalStateException("diagnostics of " + shown + " characters");
    }
    boolean isEmpty = compilation.descriptorSet().length == 0;
    if (isEmpty != compilation.hasErrors()) {
      throw new IllegalStateException("descriptors, and errors: " + new String(input, UTF_8));
    }
    compilation.runtimeDescriptorSet();
  }
}
