package io.windhover.proto;

import io.windhover.proto.ast.Import;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All names of all files, and the rules by which a name that is written leads to one of them.
///
/// A name is looked for in the message or service where it stands, then in what that stands in, and
/// so on up to the file's package and the packages above. The first part of a name of several
/// decides where: if it names something that can hold others, the rest must be there.
final class Names {
  private final Diagnostics diagnostics;
  private final Map<String, Symbol> symbols = new LinkedHashMap<>();

  /// The files of each package, and of each that is above one.
  private final Map<String, Set<ProtoFile>> packages = new HashMap<>();

  /// The file that was asked about last, and the files whose names it may use. Not of all files:
  /// they can be many, each seeing most others.
  private @Nullable ProtoFile viewer;

  private Set<ProtoFile> visible = Set.of();

  /// The files of which it may use extensions only, for options.
  private Set<ProtoFile> visibleForOptions = Set.of();

  /// Where a name leads.
  ///
  /// @param symbol null if nowhere
  /// @param hidden what it would lead to if its file were imported, or null
  record Found(@Nullable Symbol symbol, @Nullable Symbol hidden) {}

  /// A package, as a stage on the way to what is in it; or a symbol.
  private record Target(@Nullable Symbol symbol) {

    boolean holdsOthers() {
      return switch (symbol) {
        case null -> true; // a package
        case MessageType _, EnumType _, Service _ -> true;
        case EnumValue _, Field _, Method _, Oneof _ -> false;
      };
    }
  }

  Names(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  // ---- what there is

  void addPackage(ProtoFile file) {
    String name = file.packageName();
    while (!name.isEmpty()) {
      Symbol same = symbols.get(name);
      Span span = file.syntax().packageName().map(it -> it.name().span()).orElseThrow();
      if (same != null) {
        reportSame(span, "package '" + name + "'", same);
      }
      packages.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(file);
      name = parent(name);
    }
  }

  /// Adds a symbol; reports it if its name is taken.
  void add(Symbol symbol) {
    String fullName = symbol.fullName();
    Symbol same = symbols.putIfAbsent(fullName, symbol);
    if (same != null) {
      reportSame(symbol.span(), "'" + symbol.name() + "'", same);
    } else if (packages.containsKey(fullName)) {
      ProtoFile other = packages.get(fullName).iterator().next();
      diagnostics.report(
          ProtoRule.DUPLICATE_NAME,
          symbol.span(),
          "'" + fullName + "' is the name of a package, in " + other.name());
    }
  }

  private void reportSame(Span span, String what, Symbol same) {
    String scope = parent(same.fullName());
    String where = scope.isEmpty() ? "" : " in '" + scope + "'";
    var diagnostic =
        Diagnostic.of(ProtoRule.DUPLICATE_NAME, span, what + " is already defined" + where)
            .withLabel(same.span(), "first defined here, as " + same.kind());
    boolean isValue = same instanceof EnumValue;
    diagnostics.report(
        isValue
            ? diagnostic.withHelp(
                "values of an enum stand beside it, not in it: begin them with its name")
            : diagnostic);
  }

  /// The messages and enums whose names a file may use.
  Stream<Symbol> types(ProtoFile from) {
    return symbols.values().stream()
        .filter(
            it -> it instanceof EnumType || it instanceof MessageType type && !type.isMapEntry())
        .filter(it -> visible(from).contains(it.file()));
  }

  /// What has this full name, wherever it is; or null.
  @Nullable Symbol get(String fullName) {
    return symbols.get(fullName);
  }

  // ---- what is seen from where

  /// The files whose names a file may use: itself, those it imports, those that these import
  /// publicly, and so on.
  Set<ProtoFile> visible(ProtoFile file) {
    if (file != viewer) {
      var found = new HashSet<ProtoFile>();
      var foundForOptions = new HashSet<ProtoFile>();
      found.add(file);
      for (ProtoFile.Imported imported : file.imports()) {
        boolean isForOptions = imported.syntax().kind() == Import.Kind.OPTION;
        addPublic(imported.file(), isForOptions ? foundForOptions : found);
      }
      viewer = file;
      visible = found;
      visibleForOptions = foundForOptions;
    }
    return visible;
  }

  /// The file, and what importing it brings along.
  static void addPublic(ProtoFile file, Set<ProtoFile> found) {
    Deque<ProtoFile> pending = new ArrayDeque<>();
    pending.add(file);
    while (!pending.isEmpty()) {
      ProtoFile next = pending.remove();
      if (found.add(next)) {
        next.imports().stream()
            .filter(ProtoFile.Imported::isPublic)
            .forEach(it -> pending.add(it.file()));
      }
    }
  }

  // ---- from names to symbols

  /// Where a name leads.
  ///
  /// @param scope the full name of what the name stands in, or of something beside it: its last
  ///   part does not count
  /// @param wanted whether a symbol could be meant by a name of one part
  Found find(String name, String scope, ProtoFile from, Predicate<Symbol> wanted) {
    if (name.startsWith(".")) {
      return found(name.substring(1), from);
    }
    int dot = name.indexOf('.');
    String first = dot < 0 ? name : name.substring(0, dot);
    String outer = scope;
    while (!outer.isEmpty()) {
      outer = parent(outer);
      String candidate = outer.isEmpty() ? first : outer + "." + first;
      Target target = target(candidate, from);
      if (target == null) {
        continue;
      }
      if (dot >= 0) {
        if (target.holdsOthers()) {
          return found(candidate + name.substring(dot), from);
        }
      } else if (target.symbol != null && wanted.test(target.symbol)) {
        return new Found(target.symbol, null);
      }
    }
    return found(name, from);
  }

  private Found found(String fullName, ProtoFile from) {
    Symbol symbol = symbols.get(fullName);
    if (symbol == null || isVisible(symbol, from)) {
      return new Found(symbol, null);
    }
    return new Found(null, symbol);
  }

  private boolean isVisible(Symbol symbol, ProtoFile from) {
    return visible(from).contains(symbol.file())
        || symbol instanceof Field && visibleForOptions.contains(symbol.file());
  }

  private @Nullable Target target(String fullName, ProtoFile from) {
    Symbol symbol = symbols.get(fullName);
    if (symbol != null) {
      return isVisible(symbol, from) ? new Target(symbol) : null;
    }
    Set<ProtoFile> files = packages.get(fullName);
    boolean isSeen =
        files != null
            && (files.stream().anyMatch(visible(from)::contains)
                || files.stream().anyMatch(visibleForOptions::contains));
    return isSeen ? new Target(null) : null;
  }

  /// What a full name stands in; empty for one of one part.
  static String parent(String fullName) {
    int dot = fullName.lastIndexOf('.');
    return dot < 0 ? "" : fullName.substring(0, dot);
  }
}
