package io.windhover.idl;

import io.windhover.idl.ast.Include;
import io.windhover.idl.parser.LoadedFile;
import io.windhover.idl.parser.TypeParser;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Quote;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The names that a file can use: its own, and those of the files it includes behind their prefix.
/// Includes do not pass on what they include.
final class Scope {

  /// Types of other languages, and what they are called in Thrift; without regard to capitals.
  private static final Map<String, String> FOREIGN_TYPES =
      Map.ofEntries(
          Map.entry("boolean", "bool"),
          Map.entry("bytes", "binary"),
          Map.entry("byte", "i8"),
          Map.entry("char", "string"),
          Map.entry("character", "string"),
          Map.entry("float", "double"),
          Map.entry("float32", "double"),
          Map.entry("float64", "double"),
          Map.entry("int", "i32"),
          Map.entry("int8", "i8"),
          Map.entry("int16", "i16"),
          Map.entry("int32", "i32"),
          Map.entry("int64", "i64"),
          Map.entry("integer", "i32"),
          Map.entry("long", "i64"),
          Map.entry("short", "i16"),
          Map.entry("str", "string"),
          Map.entry("uint32", "i32"),
          Map.entry("uint64", "i64"));

  /// Types of other languages that hold anything, in small letters.
  private static final Set<String> TYPES_OF_ALL = Set.of("any", "object", "variant");

  /// Values of other languages, in small letters, and what they are called in Thrift.
  private static final Map<String, String> FOREIGN_VALUES =
      Map.of(
          "yes", "true", "on", "true", "true", "true", "no", "false", "off", "false", "false",
          "false");

  private final boolean isBroken;
  private final boolean hasIncomplete;
  private final Diagnostics diagnostics;
  private final Map<String, Definition> own = new LinkedHashMap<>();
  private final Map<String, SequencedSet<Scope>> included = new LinkedHashMap<>();

  private final Map<Include, Scope> includes = new LinkedHashMap<>();

  /// The included files of which some name is used.
  private final Set<Scope> used = new HashSet<>();

  /// Prefixes of includes that lead nowhere or to a broken file.
  private final SequencedSet<String> unknowable = new LinkedHashSet<>();

  /// The first place of each name that leads nowhere, or of each prefix that does.
  private final Map<String, Missing> missing = new LinkedHashMap<>();

  /// @param prefix of an include that is not there, or empty
  private record Missing(String name, Span span, Kind wanted, String prefix) {}

  /// What a name leads to.
  sealed interface Lookup {
    record Found(Definition definition) implements Lookup {}

    /// There are several files of the same base name.
    record Ambiguous(List<Definition> definitions) implements Lookup {}

    record Missing() implements Lookup {}

    /// The name may be in a file that could not be read or parsed.
    record Unknowable() implements Lookup {}
  }

  Scope(LoadedFile file, Diagnostics diagnostics) {
    this.isBroken = file.isBroken();
    this.hasIncomplete = !file.incomplete().isEmpty();
    this.diagnostics = diagnostics;
  }

  /// Adds a definition; the first of a name stays.
  ///
  /// @return the one that had the name before
  @Nullable Definition define(Definition definition) {
    return own.putIfAbsent(definition.name(), definition);
  }

  /// @param scope null for an include that leads nowhere
  void include(LoadedFile.Inclusion inclusion, @Nullable Scope scope) {
    if (scope == null || scope.isBroken) {
      unknowable.add(inclusion.prefix());
    }
    if (scope != null) {
      included.computeIfAbsent(inclusion.prefix(), _ -> new LinkedHashSet<>()).add(scope);
      includes.put(inclusion.syntax(), scope);
    }
  }

  Lookup find(String name) {
    int dot = name.lastIndexOf('.');
    if (dot < 0) {
      Definition definition = own.get(name);
      if (definition == null) {
        return isBroken ? new Lookup.Unknowable() : new Lookup.Missing();
      }
      return new Lookup.Found(definition);
    }
    String prefix = name.substring(0, dot);
    var found = new ArrayList<Definition>();
    for (Scope scope : included.getOrDefault(prefix, new LinkedHashSet<>())) {
      Definition definition = scope.own.get(name.substring(dot + 1));
      if (definition != null) {
        used.add(scope);
        found.add(definition);
      }
    }
    return switch (found.size()) {
      case 0 -> {
        if (!isUnknowable(prefix)) {
          yield new Lookup.Missing();
        }
        used.addAll(included.getOrDefault(prefix, new LinkedHashSet<>()));
        yield new Lookup.Unknowable();
      }
      case 1 -> new Lookup.Found(found.getFirst());
      default -> new Lookup.Ambiguous(found);
    };
  }

  /// Whether nothing can be said about names behind a prefix.
  private boolean isUnknowable(String prefix) {
    return unknowable.contains(prefix) || isBroken && !included.containsKey(prefix);
  }

  /// The definition of the wanted kind that a name leads to; null if there is none, which is
  /// reported or noted.
  @Nullable Definition resolve(String name, Span span, Kind wanted) {
    return switch (find(name)) {
      case Lookup.Found(Definition definition) -> {
        if (wanted.includes(definition)) {
          yield definition;
        }
        String found = Kind.of(definition).toString();
        diagnostics.report(
            ThriftRule.WRONG_KIND, span, "'" + name + "' is " + found + ", not " + wanted);
        yield null;
      }
      case Lookup.Ambiguous(List<Definition> definitions) -> {
        reportAmbiguous(name, span, definitions);
        yield null;
      }
      case Lookup.Unknowable() -> null;
      case Lookup.Missing() -> {
        noteMissing(name, span, wanted);
        yield null;
      }
    };
  }

  void reportAmbiguous(String name, Span span, List<Definition> definitions) {
    var diagnostic = Diagnostic.of(ThriftRule.AMBIGUOUS_NAME, span, "'" + name + "' is ambiguous");
    for (Definition definition : definitions) {
      diagnostic = diagnostic.withLabel(definition.syntax().name().span(), "may be this");
    }
    diagnostics.report(diagnostic);
  }

  /// Notes a name that leads nowhere, for [#reportMissing()]: once a name, where it stands first.
  void noteMissing(String name, Span span, Kind wanted) {
    String prefix = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    boolean isInclude =
        !prefix.isEmpty() && wanted != Kind.CONSTANT && !included.containsKey(prefix);
    var one = new Missing(name, span, wanted, isInclude ? prefix : "");
    String cause = isInclude ? prefix + "." : wanted.word() + " " + name;
    missing.merge(cause, one, (a, b) -> a.span.start() <= b.span.start() ? a : b);
  }

  void reportMissing() {
    for (Missing one : missing.values()) {
      if (diagnostics.isFull()) {
        return; // comparing names takes time
      }
      String message = "undefined " + one.wanted.word() + " '" + one.name + "'";
      if (!one.prefix.isEmpty()) {
        message += ": no file '" + one.prefix + ".thrift' is included";
      }
      diagnostics.report(
          Diagnostic.of(ThriftRule.UNDEFINED_NAME, one.span, message).maybeHelp(help(one)));
    }
  }

  private Optional<String> help(Missing one) {
    return foreignHelp(one).or(() -> similarHelp(one));
  }

  private static Optional<String> foreignHelp(Missing one) {
    String name = one.name.toLowerCase(Locale.ROOT);
    if (one.wanted == Kind.TYPE && TYPES_OF_ALL.contains(name)) {
      return Optional.of("write a struct or a union of what it may be");
    }
    var words =
        switch (one.wanted) {
          case TYPE -> FOREIGN_TYPES;
          case CONSTANT -> FOREIGN_VALUES;
          case SERVICE -> Map.<String, String>of();
        };
    return Optional.ofNullable(words.get(name)).map(it -> "write '" + it + "'");
  }

  private Optional<String> similarHelp(Missing one) {
    return included.entrySet().stream()
        .filter(it -> it.getValue().stream().anyMatch(scope -> scope.owns(one)))
        .map(it -> "did you mean '" + it.getKey() + "." + one.name + "'?")
        .findFirst()
        .or(() -> Suggestion.help(one.name, visible(one.wanted)));
  }

  private boolean owns(Missing one) {
    Definition definition = own.get(one.name);
    return definition != null && one.wanted.includes(definition);
  }

  /// To be called when all names are resolved.
  void reportUnusedIncludes() {
    if (isBroken || hasIncomplete || !missing.isEmpty()) {
      return; // what could not be parsed, or is misspelled, may use them
    }
    Set<Scope> seen = new HashSet<>();
    includes.forEach(
        (include, scope) -> {
          String path = Quote.of(include.path().value());
          if (!seen.add(scope)) {
            warn(include, path + " is included twice");
          } else if (!used.contains(scope)) {
            warn(include, "nothing here uses " + path);
          }
        });
  }

  private void warn(Include include, String message) {
    diagnostics.report(ThriftRule.UNUSED_INCLUDE, include.span(), message, "remove the include");
  }

  private List<String> visible(Kind wanted) {
    var names = new ArrayList<String>();
    collect("", wanted, names);
    included.forEach(
        (prefix, scopes) -> scopes.forEach(it -> it.collect(prefix + ".", wanted, names)));
    if (wanted == Kind.TYPE) {
      names.addAll(0, TypeParser.words()); // first, since only so many are looked at
    }
    return names;
  }

  private void collect(String prefix, Kind wanted, List<String> names) {
    for (Definition definition : own.values()) {
      String name = prefix + definition.name();
      if (wanted.includes(definition)) {
        names.add(name);
      }
      if (wanted == Kind.CONSTANT && definition instanceof EnumType type) {
        type.items().forEach(item -> names.add(name + "." + item.name()));
      }
    }
  }

  /// What a name can be used as.
  enum Kind {
    TYPE("type", "a type"),
    SERVICE("service", "a service"),
    CONSTANT("constant", "a constant");

    private final String word;
    private final String withArticle;

    Kind(String word, String withArticle) {
      this.word = word;
      this.withArticle = withArticle;
    }

    static Kind of(Definition definition) {
      return switch (definition) {
        case Constant _ -> CONSTANT;
        case Service _ -> SERVICE;
        case EnumType _, StructType _, Typedef _ -> TYPE;
      };
    }

    boolean includes(Definition definition) {
      return of(definition) == this;
    }

    String word() {
      return word;
    }

    @Override
    public String toString() {
      return withArticle;
    }
  }
}
