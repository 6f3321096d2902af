package io.windhover.idl;

import io.windhover.idl.ast.Declaration;
import io.windhover.idl.ast.Document;
import io.windhover.idl.ast.Include;
import io.windhover.idl.ast.Namespace;
import io.windhover.source.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// One file, resolved. (The Thrift compilers' word for it.) Compared by identity.
public final class Program {
  private final Document syntax;
  private final Set<Declaration> incomplete;
  private List<Program> includes = List.of();
  private Map<Include, Program> targets = Map.of();
  private List<Definition> definitions = List.of();

  /// @param incomplete declarations with an error in them
  Program(Document syntax, Set<Declaration> incomplete) {
    this.syntax = syntax;
    this.incomplete = incomplete;
  }

  public SourceFile file() {
    return syntax.file();
  }

  public Document syntax() {
    return syntax;
  }

  /// The file's base name without `.thrift`.
  public String name() {
    return Include.prefix(file().path());
  }

  /// The namespace for `scope`: the one written for it, else the one written for `*`.
  ///
  /// @param scope such as `java`
  public Optional<String> namespace(String scope) {
    return written(scope).or(() -> written("*"));
  }

  /// The files it includes itself, each once, in the order of the file.
  public List<Program> includes() {
    return includes;
  }

  /// The file that one of the includes in [#syntax] leads to.
  public Program included(Include include) {
    return Objects.requireNonNull(targets.get(include));
  }

  /// In the order of the file.
  public List<Definition> definitions() {
    return definitions;
  }

  /// The definitions of one kind, in the order of the file.
  public <D extends Definition> List<D> definitions(Class<D> kind) {
    return definitions.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// Whether something of a declaration may be missing, for a reason that has been reported.
  boolean isIncomplete(Declaration declaration) {
    return incomplete.contains(declaration);
  }

  void link(Map<Include, Program> linkedIncludes, List<Definition> linkedDefinitions) {
    targets = Map.copyOf(linkedIncludes);
    includes = linkedIncludes.values().stream().distinct().toList();
    definitions = List.copyOf(linkedDefinitions);
  }

  @Override
  public String toString() {
    return file().path();
  }

  private Optional<String> written(String scope) {
    return syntax.namespaces().stream()
        .filter(namespace -> namespace.scope().equals(scope))
        .map(Namespace::name)
        .map(name -> name.text())
        .findFirst();
  }
}
