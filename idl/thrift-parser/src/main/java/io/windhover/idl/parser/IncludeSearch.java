package io.windhover.idl.parser;

import io.windhover.idl.ast.Dialect;
import io.windhover.idl.ast.Include;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Quote;
import io.windhover.source.parse.Diagnostics;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds included files.
///
/// Apache Thrift looks beside the file that includes, then in the include folders. Thriftgo looks
/// in the working folder first, then in these. By default this looks as Apache Thrift does, then in
/// the working folder, and warns where Thriftgo would take another file.
final class IncludeSearch {
  private static final String SUFFIX = ".thrift";

  private final SourceTree tree;
  private final List<Path> includeDirs;
  private final Dialect dialect;
  private final Diagnostics diagnostics;

  /// @param path as messages show it
  /// @param found the file's one path
  record Found(Path path, Path found) {}

  IncludeSearch(SourceTree tree, List<Path> includeDirs, Dialect dialect, Diagnostics diagnostics) {
    this.tree = tree;
    this.includeDirs = includeDirs;
    this.dialect = dialect;
    this.diagnostics = diagnostics;
  }

  /// The file that `include` names; null if there is none, which is reported.
  @Nullable Found find(Include include, Path includer) {
    String written = include.path().value();
    if (!written.endsWith(SUFFIX)) {
      refuse(include, "is not called *" + SUFFIX);
      return null;
    }
    try {
      return search(include, candidates(written, includer), Path.of(written).normalize());
    } catch (InvalidPathException _) {
      String message = Quote.of(written) + " is not a path";
      diagnostics.report(ThriftRule.BAD_INCLUDE_PATH, include.path().span(), message);
      return null;
    }
  }

  /// Reports a file that has no business here, and that a message about its first line would show.
  private void refuse(Include include, String reason) {
    String message = "included file " + Quote.of(include.path().value()) + " " + reason;
    diagnostics.report(ThriftRule.BAD_INCLUDE_PATH, include.path().span(), message);
  }

  private @Nullable Found search(
      Include include, SequencedSet<Path> candidates, Path inWorkingFolder) {
    boolean isLastResort = dialect == Dialect.BOTH && candidates.add(inWorkingFolder);
    for (Path candidate : candidates) {
      Optional<Path> found = tree.find(candidate);
      if (found.isEmpty()) {
        continue;
      }
      if (isLastResort && candidate.equals(inWorkingFolder)) {
        diagnostics.report(
            ThriftRule.INCLUDE_FROM_WORKING_FOLDER,
            include.path().span(),
            "included file is found in the working folder only, which depends on who runs this",
            "make the path relative to this file, or name an include folder");
      } else if (isLastResort) {
        compare(include, candidate, found.get(), inWorkingFolder);
      }
      if (!found.get().toString().endsWith(SUFFIX)) {
        refuse(include, "is a link to what is not called *" + SUFFIX);
        return null;
      }
      return new Found(candidate, found.get());
    }
    diagnostics.report(
        ThriftRule.INCLUDE_NOT_FOUND,
        include.path().span(),
        "included file " + Quote.of(include.path().value()) + " not found",
        "tried " + candidates.stream().map(Path::toString).collect(Collectors.joining(", ")));
    return null;
  }

  /// Warns if Thriftgo would take another file.
  private void compare(Include include, Path candidate, Path found, Path inWorkingFolder) {
    tree.find(inWorkingFolder)
        .filter(other -> !other.equals(found))
        .ifPresent(
            _ ->
                diagnostics.report(
                    Diagnostic.of(
                            ThriftRule.INCLUDE_ORDER,
                            include.path().span(),
                            "included file is %s here and in Apache Thrift, %s in Thriftgo"
                                .formatted(
                                    Quote.of(candidate.toString()),
                                    Quote.of(inWorkingFolder.toString())))
                        .withHelp("run the compiler elsewhere, or rename one of the two")));
  }

  private SequencedSet<Path> candidates(String written, Path includer) {
    var candidates = new LinkedHashSet<Path>();
    if (dialect == Dialect.THRIFTGO) {
      candidates.add(Path.of(written).normalize());
    }
    candidates.add(includer.resolveSibling(written).normalize());
    for (Path dir : includeDirs) {
      candidates.add(dir.resolve(written).normalize());
    }
    return candidates;
  }
}
