package io.windhover.scaffold;

import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// A Java source file, parsed but not resolved.
final class JavaFile {
  private static final String ALL = ".*";

  private final String text;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;

  private JavaFile(String text, CompilationUnitTree unit, SourcePositions positions) {
    this.text = text;
    this.unit = unit;
    this.positions = positions;
  }

  /// @throws IOException if the text is no Java
  static JavaFile parse(String path, String text) throws IOException {
    var source =
        new SimpleJavaFileObject(URI.create("string:///File.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    var messages = new DiagnosticCollector<JavaFileObject>();
    var options = List.of("-proc:none");
    var compiler = ToolProvider.getSystemJavaCompiler();
    var task = (JavacTask) compiler.getTask(null, null, messages, options, null, List.of(source));
    var unit = task.parse().iterator().next();
    for (var message : messages.getDiagnostics()) {
      if (message.getKind() == Diagnostic.Kind.ERROR) {
        throw new IOException(
            "%s:%d: %s".formatted(path, message.getLineNumber(), message.getMessage(null)));
      }
    }
    return new JavaFile(text, unit, Trees.instance(task).getSourcePositions());
  }

  String text() {
    return text;
  }

  /// Empty for the unnamed package.
  String packageName() {
    return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
  }

  /// The full names that are imported one by one, by their last part.
  Map<String, String> imports() {
    var imports = new LinkedHashMap<String, String>();
    for (ImportTree it : unit.getImports()) {
      String name = it.getQualifiedIdentifier().toString();
      if (!it.isStatic() && !name.endsWith(ALL)) {
        imports.put(lastPart(name), name);
      }
    }
    return imports;
  }

  /// A class or interface, at whatever depth.
  ///
  /// @param fullName with dots, also before the names of nested ones
  /// @param depth how many it stands in
  record Declaration(ClassTree tree, String fullName, int depth) {

    /// Those that it extends and implements, without type arguments.
    List<String> supertypes() {
      Tree base = tree.getExtendsClause();
      var names = new ArrayList<String>(base == null ? List.of() : List.of(typeName(base)));
      tree.getImplementsClause().forEach(it -> names.add(typeName(it)));
      return names;
    }

    private static String typeName(Tree type) {
      return switch (type) {
        case ParameterizedTypeTree generic -> typeName(generic.getType());
        case AnnotatedTypeTree annotated -> typeName(annotated.getUnderlyingType());
        default -> type.toString();
      };
    }
  }

  /// The classes and interfaces, each before those that stand in it.
  List<Declaration> declarations() {
    var found = new ArrayList<Declaration>();
    addDeclarations(unit.getTypeDecls(), packageName(), 0, found);
    return found;
  }

  private static void addDeclarations(
      List<? extends Tree> members, String scope, int depth, List<Declaration> found) {
    for (Tree member : members) {
      if (member instanceof ClassTree type) {
        String name = joined(scope, type.getSimpleName().toString());
        found.add(new Declaration(type, name, depth));
        addDeclarations(type.getMembers(), name, depth + 1, found);
      }
    }
  }

  /// The full name that a simple one has here; a name that is not imported is taken to be of this
  /// package.
  String resolve(String name) {
    if (name.contains(".")) {
      return name;
    }
    return Optional.ofNullable(imports().get(name)).orElseGet(() -> joined(packageName(), name));
  }

  /// The full names that a name may have in the header of a class: it is the first of them that
  /// there is.
  List<String> meanings(String name, Declaration declaration) {
    String first = name.split("\\.", 2)[0];
    var found = new ArrayList<String>();
    String scope = declaration.fullName();
    for (int i = 0; i < declaration.depth(); i++) {
      scope = scope.substring(0, scope.lastIndexOf('.'));
      found.add(joined(scope, first));
    }
    String imported = imports().get(first);
    if (imported != null) {
      found.add(imported);
    } else {
      found.add(joined(packageName(), first));
      importedScopes(first).forEach(it -> found.add(joined(it, first)));
    }
    String rest = name.substring(first.length());
    found.replaceAll(it -> it + rest);
    found.add(name);
    return found;
  }

  /// The packages and classes of which all is imported or, if they are static, this.
  private List<String> importedScopes(String name) {
    var scopes = new ArrayList<String>();
    for (ImportTree it : unit.getImports()) {
      String imported = it.getQualifiedIdentifier().toString();
      if (imported.endsWith(ALL) || it.isStatic() && lastPart(imported).equals(name)) {
        scopes.add(imported.substring(0, imported.lastIndexOf('.')));
      }
    }
    scopes.add("java.lang");
    return scopes;
  }

  /// The names that stand in its classes without a qualifier.
  Set<String> identifiers() {
    var names = new HashSet<String>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree identifier, Void nothing) {
        names.add(identifier.getName().toString());
        return null;
      }
    }.scan(unit.getTypeDecls(), null);
    return names;
  }

  /// Whether all of a package or class is imported.
  boolean importsAllOf(String scope) {
    return unit.getImports().stream()
        .anyMatch(it -> it.getQualifiedIdentifier().toString().equals(scope + ALL));
  }

  /// Where a new import can stand: behind the others, or behind the package.
  int importOffset() {
    Tree before = unit.getImports().isEmpty() ? unit.getPackage() : unit.getImports().getLast();
    return before == null ? 0 : (int) positions.getEndPosition(unit, before);
  }

  boolean hasImports() {
    return !unit.getImports().isEmpty();
  }

  /// Where the brace stands that closes a class.
  int closingBrace(ClassTree type) {
    return (int) positions.getEndPosition(unit, type) - 1;
  }

  private static String joined(String scope, String name) {
    return scope.isEmpty() ? name : scope + "." + name;
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  static List<MethodTree> methods(ClassTree type) {
    return type.getMembers().stream()
        .filter(MethodTree.class::isInstance)
        .map(MethodTree.class::cast)
        .toList();
  }
}
