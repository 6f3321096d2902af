package io.windhover.proto.parser;

import io.windhover.proto.ast.Document;
import io.windhover.proto.ast.Import;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.proto.source.SourcePath;
import io.windhover.source.Diagnostic;
import io.windhover.source.Quote;
import io.windhover.source.SourceFile;
import io.windhover.source.Span;
import io.windhover.source.parse.Decoder;
import io.windhover.source.parse.Diagnostics;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads and parses files and all that they import, each once.
public final class Loader {
  /// Files above this size are refused.
  public static final int MAX_FILE_BYTES = 16 << 20;

  private final SourcePath path;
  private final Diagnostics diagnostics;

  /// By name; a file that cannot be had is left out.
  private final Map<String, LoadedFile> loaded = new LinkedHashMap<>();

  /// Files whose imports are still to be followed. A queue, since a chain of imports can be longer
  /// than the stack is deep.
  private final Deque<LoadedFile> pending = new ArrayDeque<>();

  public Loader(SourcePath path, Diagnostics diagnostics) {
    this.path = path.or(StandardFiles.path());
    this.diagnostics = diagnostics;
  }

  /// Loads files by their names, and what they lead to.
  ///
  /// @return those that exist, in their order, each once
  public List<LoadedFile> load(List<String> names) {
    var roots = new LinkedHashSet<LoadedFile>();
    for (String name : names) {
      LoadedFile root = load(name, new SourceFile(name, name, "").span(0, 0), true);
      if (root != null) {
        roots.add(root);
      }
    }
    while (!pending.isEmpty()) {
      LoadedFile next = pending.remove();
      for (Import syntax : next.document().imports()) {
        LoadedFile target = load(syntax.path().text(), syntax.path().span(), false);
        if (target != null) {
          next.add(new LoadedFile.Imported(syntax, target));
        }
      }
    }
    return List.copyOf(roots);
  }

  /// Every file that was read, in the order of reading.
  public List<LoadedFile> files() {
    return List.copyOf(loaded.values());
  }

  /// @param span where it is asked for
  private @Nullable LoadedFile load(String name, Span span, boolean isRoot) {
    LoadedFile known = loaded.get(name);
    if (known != null) {
      return known;
    }
    if (!isPlain(name)) {
      diagnostics.report(
          ProtoRule.BAD_IMPORT_PATH,
          span,
          Quote.of(name) + " is not the name of a file",
          "write it with '/' between folders, without '.' and '..', from an import folder");
      return null;
    }
    Document document = read(name, span, isRoot);
    if (document == null) {
      return null;
    }
    var file = new LoadedFile(document);
    loaded.put(name, file);
    pending.add(file);
    return file;
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty()
        && name.chars().noneMatch(c -> c == '\\' || c < ' ' || c == 0x7F)
        && Arrays.stream(name.split("/", -1))
            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }

  private @Nullable Document read(String name, Span span, boolean isRoot) {
    Optional<SourcePath.Found> found;
    try {
      found = path.find(name, MAX_FILE_BYTES + 1);
    } catch (IOException | RuntimeException e) {
      String message = Quote.of(name) + " cannot be read: " + e.getMessage();
      diagnostics.report(ProtoRule.UNREADABLE_FILE, span, message);
      return null;
    }
    if (found.isEmpty()) {
      diagnostics.report(
          Diagnostic.of(
                  isRoot ? ProtoRule.UNREADABLE_FILE : ProtoRule.IMPORT_NOT_FOUND,
                  span,
                  isRoot ? "no such file" : "imported file " + Quote.of(name) + " not found")
              .withHelp("names are relative to the import folders"));
      return null;
    }
    byte[] bytes = found.get().content().toArray();
    if (bytes.length > MAX_FILE_BYTES) {
      String message = Quote.of(name) + " is larger than " + MAX_FILE_BYTES + " bytes";
      diagnostics.report(ProtoRule.UNREADABLE_FILE, span, message);
      return null;
    }
    int errorsBefore = diagnostics.faults();
    SourceFile source =
        Decoder.decode(name, found.get().path(), bytes, ProtoRule.BAD_ENCODING, diagnostics);
    boolean isText = diagnostics.faults() == errorsBefore;
    return Parser.parse(isText ? source : new SourceFile(name, source.path(), ""), diagnostics);
  }
}
