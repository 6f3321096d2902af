package io.windhover.idl.parser;

import io.windhover.idl.ast.Dialect;
import io.windhover.idl.ast.Document;
import io.windhover.idl.ast.Include;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Quote;
import io.windhover.source.SourceFile;
import io.windhover.source.Span;
import io.windhover.source.parse.Decoder;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Suggestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads and parses files and all that they include, each once.
public final class Loader {
  /// Files above this size are refused.
  public static final int MAX_FILE_BYTES = 16 << 20;

  private final SourceTree tree;
  private final Dialect dialect;
  private final IncludeSearch search;
  private final Diagnostics diagnostics;
  private final Map<Path, LoadedFile> loaded = new LinkedHashMap<>();

  /// Files whose includes are still to be followed, with their paths. A queue, since a chain of
  /// includes can be longer than the stack is deep.
  private final Deque<Pending> pending = new ArrayDeque<>();

  private record Pending(Path path, LoadedFile file) {}

  public Loader(SourceTree tree, List<Path> includeDirs, Dialect dialect, Diagnostics diagnostics) {
    this.tree = tree;
    this.dialect = dialect;
    this.search = new IncludeSearch(tree, includeDirs, dialect, diagnostics);
    this.diagnostics = diagnostics;
  }

  /// Loads `roots` and what they lead to.
  ///
  /// @return the roots that exist, in their order
  public List<LoadedFile> load(List<Path> roots) {
    SequencedSet<LoadedFile> files = new LinkedHashSet<>();
    for (Path root : roots) {
      Optional<Path> found = tree.find(root);
      if (found.isPresent()) {
        files.add(file(root, found.get()));
      } else {
        diagnostics.report(
            ThriftRule.UNREADABLE_FILE,
            new SourceFile(root.toString(), "").span(0, 0),
            "no such file");
      }
    }
    while (!pending.isEmpty()) {
      Pending next = pending.remove();
      for (Include include : next.file().document().includes()) {
        next.file().add(new LoadedFile.Inclusion(include, follow(include, next.path())));
      }
    }
    return List.copyOf(files);
  }

  /// Every file that was read, in the order of reading.
  public List<LoadedFile> files() {
    return List.copyOf(loaded.values());
  }

  private @Nullable LoadedFile follow(Include include, Path includer) {
    var found = search.find(include, includer);
    return found == null ? null : file(found.path(), found.found());
  }

  private LoadedFile file(Path path, Path found) {
    LoadedFile known = loaded.get(found);
    if (known != null) {
      return known;
    }
    LoadedFile file = parse(path, found);
    loaded.put(found, file);
    pending.add(new Pending(path, file));
    return file;
  }

  private LoadedFile parse(Path path, Path found) {
    int faultsBefore = diagnostics.faults();
    SourceFile source = read(path, found);
    boolean isReadable = diagnostics.faults() == faultsBefore;
    source.ignoredRules().stream()
        .filter(it -> ThriftRule.find(it.text()).isEmpty())
        .forEach(this::reportUnknown);
    if (!isReadable) {
      return new LoadedFile(new Document(source, List.of(), List.of()), true, Set.of());
    }
    var parsed = Parser.parse(source, dialect, diagnostics);
    return new LoadedFile(parsed.document(), parsed.isBroken(), parsed.incomplete());
  }

  private void reportUnknown(Span rule) {
    String message = "no rule is called " + Quote.of(rule.text());
    diagnostics.report(
        Diagnostic.of(ThriftRule.UNKNOWN_RULE, rule, message)
            .maybeHelp(Suggestion.help(rule.text(), ThriftRule.names())));
  }

  private SourceFile read(Path path, Path found) {
    String name = path.toString();
    byte[] bytes;
    try {
      bytes = tree.read(found, MAX_FILE_BYTES + 1);
    } catch (IOException e) {
      var empty = new SourceFile(name, "");
      diagnostics.report(
          ThriftRule.UNREADABLE_FILE, empty.span(0, 0), "cannot be read: " + e.getMessage());
      return empty;
    }
    if (bytes.length > MAX_FILE_BYTES) {
      var empty = new SourceFile(name, "");
      diagnostics.report(
          ThriftRule.UNREADABLE_FILE, empty.span(0, 0), "larger than " + MAX_FILE_BYTES + " bytes");
      return empty;
    }
    return Decoder.decode(name, name, bytes, ThriftRule.BAD_ENCODING, diagnostics);
  }
}
