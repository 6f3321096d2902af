package io.windhover.proto;

import io.windhover.proto.parser.StandardFiles;
import java.util.List;
import java.util.Map;

/// Our `descriptor.proto`, for files that do not import one: it says which options there are. Read
/// when it is first needed.
final class StandardDescriptor {
  private static final ProtoFile FILE = read();

  private StandardDescriptor() {}

  static ProtoFile file() {
    return FILE;
  }

  private static ProtoFile read() {
    var compilation = ProtoCompiler.compile(Map.of(), List.of(StandardFiles.DESCRIPTOR));
    if (compilation.hasErrors()) {
      throw new IllegalStateException(compilation.diagnostics().toString());
    }
    return compilation.roots().getFirst();
  }
}
