package io.windhover.scaffold;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// A Java source file, parsed but not resolved.
final class JavaFile {
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
      if (!it.isStatic()) {
        imports.put(name.substring(name.lastIndexOf('.') + 1), name);
      }
    }
    return imports;
  }

  /// The classes and interfaces that do not stand in another.
  List<ClassTree> types() {
    return unit.getTypeDecls().stream()
        .filter(ClassTree.class::isInstance)
        .map(ClassTree.class::cast)
        .toList();
  }

  /// The full name that a simple one has here; a name that is not imported is taken to be of this
  /// package.
  String resolve(String name) {
    if (name.contains(".")) {
      return name;
    }
    return Optional.ofNullable(imports().get(name))
        .orElseGet(() -> packageName().isEmpty() ? name : packageName() + "." + name);
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

  static List<MethodTree> methods(ClassTree type) {
    return type.getMembers().stream()
        .filter(MethodTree.class::isInstance)
        .map(MethodTree.class::cast)
        .toList();
  }
}
