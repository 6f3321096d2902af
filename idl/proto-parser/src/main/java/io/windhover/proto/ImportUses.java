package io.windhover.proto;

import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.parse.Diagnostics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which files' names each file has used, to find imports that it could do without.
final class ImportUses {
  private final Diagnostics diagnostics;
  private final Map<ProtoFile, Set<ProtoFile>> used = new HashMap<>();

  ImportUses(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void add(ProtoFile from, Symbol symbol) {
    if (symbol.file() != from) {
      used.computeIfAbsent(from, _ -> new HashSet<>()).add(symbol.file());
    }
  }

  /// Warns of imports that bring nothing. Public ones are for others.
  void reportUnused(ProtoFile file) {
    Set<ProtoFile> names = used.getOrDefault(file, Set.of());
    for (ProtoFile.Imported imported : file.imports()) {
      var brought = new HashSet<ProtoFile>();
      Names.addPublic(imported.file(), brought);
      if (!imported.isPublic() && brought.stream().noneMatch(names::contains)) {
        diagnostics.report(
            ProtoRule.UNUSED_IMPORT,
            imported.syntax().span(),
            "nothing of '" + imported.file().name() + "' is used");
      }
    }
  }
}
