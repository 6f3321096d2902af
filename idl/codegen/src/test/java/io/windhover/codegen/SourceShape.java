package io.windhover.codegen;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// What the compiler of the JDK finds in generated source: for each class a line of its own and one
/// for each member that is not private, with types spelled out.
final class SourceShape {

  /// A word that IDLs of tests have only where it must not become code.
  private static final String INTRUDER = "Pwned";

  private final Trees trees;
  private final SortedSet<String> lines = new TreeSet<>();

  private SourceShape(JavacTask task) {
    this.trees = Trees.instance(task);
  }

  /// Parses and attributes the files, which must be without error and warning.
  static SortedSet<String> of(Collection<GeneratedFile> files) {
    var javac = ToolProvider.getSystemJavaCompiler();
    var errors = new DiagnosticCollector<JavaFileObject>();
    var options = new ArrayList<>(Generated.STRICT);
    options.addAll(List.of("-proc:none", "-cp", Generated.classPath()));
    try (var manager = javac.getStandardFileManager(errors, null, null)) {
      var sources = files.stream().map(Source::new).toList();
      var task = (JavacTask) javac.getTask(null, manager, errors, options, null, sources);
      var units = task.parse();
      task.analyze();
      assertThat(errors.getDiagnostics()).isEmpty();
      var shape = new SourceShape(task);
      units.forEach(shape::add);
      return shape.lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(CompilationUnitTree unit) {
    assertThat(unit.getTypeDecls()).hasSize(1);
    new Classes().scan(unit, null);
  }

  /// Collects the classes of a file. Code in a class but outside of its methods has no place in
  /// what we generate.
  private final class Classes extends TreePathScanner<Void, Void> {
    @Override
    public Void visitClass(ClassTree tree, Void nothing) {
      var type = (TypeElement) trees.getElement(getCurrentPath());
      assertThat(tree.getMembers()).noneMatch(BlockTree.class::isInstance);
      assertThat(tree.getKind()).isNotEqualTo(Tree.Kind.ANNOTATION_TYPE);
      var name = type.getQualifiedName() + ": ";
      if (isVisible(type)) {
        describe(type).forEach(line -> lines.add(name + line));
      } else if (getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree) {
        lines.add(name + head(type));
      }
      return super.visitClass(tree, null);
    }

    @Override
    public Void visitIdentifier(IdentifierTree tree, Void nothing) {
      assertThat(tree.getName().toString()).isNotEqualTo(INTRUDER);
      return super.visitIdentifier(tree, null);
    }
  }

  /// Whether users can name it.
  private static boolean isVisible(Element type) {
    return type.getKind() == ElementKind.PACKAGE
        || (type.getModifiers().contains(Modifier.PUBLIC) && isVisible(type.getEnclosingElement()));
  }

  private List<String> describe(TypeElement type) {
    var lines = new ArrayList<String>();
    lines.add(head(type));
    type.getRecordComponents().forEach(it -> lines.add("component " + variable(it.asType(), it)));
    for (var member : type.getEnclosedElements()) {
      if (isWritten(member) && !member.getModifiers().contains(Modifier.PRIVATE)) {
        switch (member) {
          case ExecutableElement method -> lines.add(method(method));
          case VariableElement field ->
              lines.add(
                  field.getKind() == ElementKind.ENUM_CONSTANT
                      ? "constant " + field
                      : variable(field.asType(), field));
          default -> {}
        }
      }
    }
    return lines;
  }

  /// Whether it stands in the source, rather than being made by the compiler.
  private boolean isWritten(Element member) {
    var path = trees.getPath(member);
    return member.getKind() != ElementKind.RECORD_COMPONENT
        && path != null
        && trees.getSourcePositions().getEndPosition(path.getCompilationUnit(), path.getLeaf())
            != Diagnostic.NOPOS;
  }

  private static String head(TypeElement type) {
    var words =
        Stream.of(Modifier.PUBLIC, Modifier.SEALED, Modifier.FINAL)
            .filter(type.getModifiers()::contains)
            .map(Modifier::toString);
    var superclass = type.getSuperclass();
    var supertypes =
        Stream.concat(
                superclass.getKind() == TypeKind.NONE ? Stream.of() : Stream.of(superclass),
                type.getInterfaces().stream())
            .map(TypeMirror::toString)
            .filter(it -> !it.startsWith("java.lang."));
    return "= "
        + Stream.of(
                words,
                Stream.of(type.getKind().name().toLowerCase(Locale.ROOT)),
                supertypes.map(it -> "< " + it))
            .flatMap(it -> it)
            .collect(joining(" "));
  }

  private static String variable(TypeMirror type, Element element) {
    return type + " " + element;
  }

  private static String method(ExecutableElement method) {
    var word = method.getModifiers().contains(Modifier.STATIC) ? "static " : "";
    var parameters =
        method.getParameters().stream().map(it -> it.asType().toString()).collect(joining(", "));
    var thrown = method.getThrownTypes().stream().map(it -> " throws " + it).collect(joining());
    return method.getKind() == ElementKind.CONSTRUCTOR
        ? "new(" + parameters + ")"
        : word
            + method.getReturnType()
            + " "
            + method.getSimpleName()
            + "("
            + parameters
            + ")"
            + thrown;
  }

  /// A source file in memory.
  private static final class Source extends SimpleJavaFileObject {
    private final GeneratedFile file;

    Source(GeneratedFile file) {
      super(URI.create("string:///" + file.path()), Kind.SOURCE);
      this.file = file;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return file.content();
    }
  }
}
