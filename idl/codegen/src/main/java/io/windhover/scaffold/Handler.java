package io.windhover.scaffold;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Writes handlers: a whole class for a service, or what a class lacks.
final class Handler {

  private Handler() {}

  /// A class whose methods say that they are not there yet.
  static String create(String packageName, ServiceInterface service) {
    var imports = new TreeSet<String>();
    service.methods().forEach(method -> imports.addAll(method.types()));
    imports.add(service.fullName());
    imports.removeIf(it -> it.equals(packageName + "." + simple(it)));
    var text = new StringBuilder("package " + packageName + ";\n\n");
    imports.forEach(it -> text.append("import ").append(it).append(";\n"));
    text.append(imports.isEmpty() ? "" : "\n");
    text.append("/// What %s does: plain blocking Java.\n".formatted(service.name()));
    text.append(
        "public final class %sHandler implements %s {\n".formatted(service.name(), service.name()));
    return text + methods(service.methods(), "  ") + "}\n";
  }

  /// A source file with the methods that its handlers lack.
  ///
  /// @param text the new text
  /// @param added as `ShopHandler.find`
  record Completed(String text, List<String> added) {}

  /// Adds to the classes of a file the methods of the services that they implement.
  ///
  /// @param inherited what classes elsewhere have, by full name: the methods of superclasses count
  static Completed complete(
      JavaFile file, Map<String, ServiceInterface> services, Map<String, Set<String>> inherited)
      throws IOException {
    var added = new ArrayList<String>();
    var imports = new TreeSet<String>();
    String text = file.text();
    for (ClassTree type : file.types().reversed()) { // so that offsets before stay right
      var missing = missing(file, type, services, inherited);
      if (!missing.isEmpty()) {
        int brace = file.closingBrace(type);
        text = inserted(text, brace, missing);
        for (var method : missing) {
          imports.addAll(method.types());
          added.add(type.getSimpleName() + "." + method.name());
        }
      }
    }
    return new Completed(withImports(file, text, imports), added);
  }

  private static List<ServiceInterface.Method> missing(
      JavaFile file,
      ClassTree type,
      Map<String, ServiceInterface> services,
      Map<String, Set<String>> inherited) {
    if (type.getKind() == Tree.Kind.INTERFACE) {
      return List.of();
    }
    Set<String> known = new HashSet<>(methodNames(type));
    Tree base = type.getExtendsClause();
    if (base != null) {
      known.addAll(inherited.getOrDefault(file.resolve(base.toString()), Set.of()));
    }
    var missing = new ArrayList<ServiceInterface.Method>();
    for (Tree implemented : type.getImplementsClause()) {
      ServiceInterface service = services.get(file.resolve(implemented.toString()));
      if (service != null) {
        service.methods().stream().filter(it -> known.add(it.name())).forEach(missing::add);
      }
    }
    return missing;
  }

  static Set<String> methodNames(ClassTree type) {
    return JavaFile.methods(type).stream()
        .map(it -> it.getName().toString())
        .collect(Collectors.toSet());
  }

  private static String inserted(
      String text, int brace, Collection<ServiceInterface.Method> missing) {
    String before = text.substring(0, brace).stripTrailing();
    String gap = before.endsWith("{") ? "\n" : "\n\n";
    return before + gap + methods(missing, "  ") + text.substring(brace);
  }

  private static String methods(Collection<ServiceInterface.Method> methods, String indent) {
    return methods.stream()
        .map(
            method ->
                """
                @Override
                public %s {
                  throw new UnsupportedOperationException("%s");
                }
                """
                    .formatted(method.signature(), method.name())
                    .indent(indent.length()))
        .collect(Collectors.joining("\n"));
  }

  private static String withImports(JavaFile file, String text, Set<String> types) {
    var known = file.imports();
    var lines = new StringBuilder();
    for (String type : types) {
      boolean isNear = type.equals(file.packageName() + "." + simple(type));
      if (!isNear && !known.containsKey(simple(type))) {
        lines.append("\nimport ").append(type).append(';');
      }
    }
    if (lines.isEmpty()) {
      return text;
    }
    int offset = file.importOffset();
    String gap = file.hasImports() ? "" : "\n";
    return text.substring(0, offset) + gap + lines + text.substring(offset);
  }

  private static String simple(String fullName) {
    return fullName.substring(fullName.lastIndexOf('.') + 1);
  }
}
