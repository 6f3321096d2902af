package io.windhover.thriftgo;

import io.windhover.thriftgo.Response.Generated;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Puts together the files of a generator and its plugins, by Thriftgo's rules.
///
/// A piece without a name belongs into the file that was named last by the same source; one with a
/// name and an insertion point, into the file of that name. A file that is there already is dropped
/// if it is the same; else it gets a new name, `x_1.java`, and there is a warning. Pieces for one
/// point follow each other in the order in which they came; marks of points are removed.
public final class FileAssembly {
  private static final Pattern MARK =
      Pattern.compile("@@thriftgo_insertion_point\\(([$.0-9a-zA-Z_]*)\\)");

  private final Map<String, String> contents = new LinkedHashMap<>();
  private final Map<String, Map<String, StringBuilder>> pieces = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();

  public FileAssembly() {}

  /// Adds files and pieces.
  ///
  /// @param source who made them, for messages
  /// @throws PluginException for a piece without a file
  public void add(String source, List<Generated> generated) {
    String last = "";
    boolean isDropped = false;
    for (var one : generated) {
      if (one.name().isEmpty()) {
        if (last.isEmpty() && !isDropped) {
          throw new PluginException(
              "%s: a piece for '%s', but no file before it"
                  .formatted(source, one.insertionPoint().orElse("")));
        }
        if (!isDropped) {
          insert(last, one);
        }
        continue;
      }
      var name = one.name().get();
      isDropped = false;
      if (contents.containsKey(name) && !one.insertionPoint().orElse("").isEmpty()) {
        insert(name, one);
        last = name;
      } else {
        var place = place(source, name, one.content());
        isDropped = place.isEmpty();
        last = place.orElse(last);
      }
    }
  }

  private void insert(String file, Generated piece) {
    pieces
        .computeIfAbsent(file, _ -> new HashMap<>())
        .computeIfAbsent(piece.insertionPoint().orElse(""), _ -> new StringBuilder())
        .append(piece.content());
  }

  /// Adds a file, perhaps under another name.
  ///
  /// @return the name; empty if the same file is there
  private Optional<String> place(String source, String name, String content) {
    var free = name;
    for (int count = 0; contents.containsKey(free); free = numbered(name, ++count)) {
      if (content.equals(contents.get(free))) {
        return Optional.empty();
      }
    }
    contents.put(free, content);
    if (!free.equals(name)) {
      warnings.add("%s: another file is called %s: renamed to %s".formatted(source, name, free));
    }
    return Optional.of(free);
  }

  private static String numbered(String name, int count) {
    int dot = name.lastIndexOf('.');
    int end = dot > name.lastIndexOf('/') ? dot : name.length();
    return name.substring(0, end) + "_" + count + name.substring(end);
  }

  /// What there was to say so far.
  public List<String> warnings() {
    return warnings;
  }

  /// Returns the files by their names, in the order in which they came.
  public Map<String, String> files() {
    var files = new LinkedHashMap<String, String>();
    contents.forEach((name, content) -> files.put(name, filled(name, content)));
    return files;
  }

  private String filled(String name, String content) {
    var own = pieces.getOrDefault(name, Map.of());
    var text = new StringBuilder();
    int from = 0;
    var mark = MARK.matcher(content);
    while (mark.find()) {
      text.append(content, from, mark.start());
      text.append(own.getOrDefault(mark.group(1), new StringBuilder()));
      from = mark.end();
    }
    return text.append(content, from, content.length()).toString();
  }
}
