package io.windhover.scaffold;

import com.sun.source.tree.Tree;
import io.windhover.scaffold.Hierarchy.Lineage;
import io.windhover.scaffold.JavaFile.Declaration;
import io.windhover.scaffold.ServiceInterface.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/// Writes handlers: a whole class for a service, or what a class lacks.
final class Handler {
  private static final String INDENT = "  ";
  private static final Set<Tree.Kind> INTERFACES =
      Set.of(Tree.Kind.INTERFACE, Tree.Kind.ANNOTATION_TYPE);

  private Handler() {}

  /// A class whose methods say that they are not there yet.
  static String create(String packageName, ServiceInterface service) {
    var imports = new TreeSet<String>();
    service.methods().forEach(method -> imports.addAll(method.types()));
    imports.add(service.fullName());
    imports.removeIf(it -> it.equals(packageName + "." + TypeNames.simple(it)));
    var text = new StringBuilder("package " + packageName + ";\n\n");
    imports.forEach(it -> text.append("import ").append(it).append(";\n"));
    text.append(imports.isEmpty() ? "" : "\n");
    text.append("/// What %s does: plain blocking Java.\n".formatted(service.name()));
    text.append(
        "public final class %sHandler implements %s {\n".formatted(service.name(), service.name()));
    return text + methods(service.methods(), Method::signature, INDENT) + "}\n";
  }

  /// A source file with the methods that its handlers lack.
  ///
  /// @param text the new text
  /// @param added as `ShopHandler.find`
  /// @param left of classes that may lack methods, and are left alone: which, why, what methods
  record Completed(String text, List<String> added, List<String> left) {}

  /// Adds to the classes of a file the methods of the services that they implement. A class that
  /// may have them from where nobody can see is left alone: to override what works is worse than to
  /// leave something to the compiler.
  static Completed complete(JavaFile file, Hierarchy hierarchy) {
    var added = new ArrayList<String>();
    var left = new ArrayList<String>();
    var names = new TypeNames(file);
    String text = file.text();
    for (Declaration type : fromTheEnd(file)) { // so that offsets before stay right
      if (INTERFACES.contains(type.tree().getKind())) {
        continue;
      }
      Lineage lineage = hierarchy.of(file, type);
      var missing = lineage.missing();
      if (missing.isEmpty() || isAbstract(type) && hierarchy.isExtended(type)) {
        continue;
      }
      String reason = reasonToLeave(type, lineage.unknown());
      if (reason.isEmpty()) {
        String code = methods(missing, names::signature, INDENT.repeat(type.depth() + 1));
        text = inserted(text, file.closingBrace(type.tree()), type.depth(), code);
        missing.forEach(method -> added.add(name(file, type) + "." + method.name()));
      } else {
        left.add(
            "%s: %s may have %s"
                .formatted(
                    name(file, type),
                    reason,
                    missing.stream().map(it -> it.name()).collect(Collectors.joining(", "))));
      }
    }
    return new Completed(withImports(file, text, names.imports()), added, left);
  }

  private static List<Declaration> fromTheEnd(JavaFile file) {
    return file.declarations().stream()
        .sorted(Comparator.comparingInt(it -> -file.closingBrace(it.tree())))
        .toList();
  }

  private static boolean isAbstract(Declaration type) {
    return type.tree().getModifiers().getFlags().contains(Modifier.ABSTRACT);
  }

  /// Who else may have methods of a class, or empty if nobody.
  private static String reasonToLeave(Declaration type, Set<String> unknown) {
    if (!unknown.isEmpty()) {
      return String.join(" or ", unknown) + ", which is not in the sources of this project,";
    }
    if (isAbstract(type)) {
      return "subclasses of an abstract class";
    }
    return type.tree().getKind() == Tree.Kind.ENUM ? "the constants of an enum" : "";
  }

  /// As the class is called inside of its package.
  private static String name(JavaFile file, Declaration type) {
    int prefix = file.packageName().isEmpty() ? 0 : file.packageName().length() + 1;
    return type.fullName().substring(prefix);
  }

  private static String inserted(String text, int brace, int depth, String methods) {
    String before = text.substring(0, brace).stripTrailing();
    String gap = before.endsWith("{") ? "\n" : "\n\n";
    String code = gap + methods + INDENT.repeat(depth);
    return before + code.replace("\n", lineEnd(text)) + text.substring(brace);
  }

  private static String lineEnd(String text) {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  private static String methods(
      Collection<Method> methods, Function<Method, String> signature, String indent) {
    return methods.stream()
        .map(
            method ->
                """
                @Override
                public %s {
                  throw new UnsupportedOperationException("%s");
                }
                """
                    .formatted(signature.apply(method), method.name())
                    .indent(indent.length()))
        .collect(Collectors.joining("\n"));
  }

  private static String withImports(JavaFile file, String text, Set<String> types) {
    if (types.isEmpty()) {
      return text;
    }
    String lines = types.stream().map("\nimport %s;"::formatted).collect(Collectors.joining());
    int offset = file.importOffset();
    String gap = file.hasImports() ? "" : "\n";
    String added = (gap + lines).replace("\n", lineEnd(text));
    return text.substring(0, offset) + added + text.substring(offset);
  }
}
