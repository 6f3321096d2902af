package io.windhover.scaffold;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import io.windhover.codegen.GeneratedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The generated interface of a service, as a handler sees it.
///
/// @param methods what is to be implemented, inherited methods first
record ServiceInterface(String packageName, String name, List<Method> methods) {

  /// One method.
  ///
  /// @param signature from the result type to the throws clause
  /// @param types full names of the types that it mentions, those of `java.lang` left out
  record Method(String name, String signature, Set<String> types) {}

  ServiceInterface {
    methods = List.copyOf(methods);
  }

  String fullName() {
    return packageName + "." + name;
  }

  /// Finds the services of one IDL file.
  ///
  /// @param files what it and those that it includes give rise to
  static List<ServiceInterface> of(String idl, List<GeneratedFile> files) throws IOException {
    var all = of(files);
    return files.stream()
        .filter(file -> file.idl().equals(idl))
        .map(ServiceInterface::className)
        .filter(all::containsKey)
        .map(all::get)
        .toList();
  }

  /// Finds the services among generated files, by their full names.
  static Map<String, ServiceInterface> of(List<GeneratedFile> files) throws IOException {
    Set<String> generated =
        files.stream().map(ServiceInterface::className).collect(Collectors.toSet());
    Map<String, Source> sources = new LinkedHashMap<>();
    for (GeneratedFile file : files) {
      JavaFile java = JavaFile.parse(file.path(), file.content());
      ClassTree type = java.declarations().getFirst().tree();
      boolean isService =
          type.getKind() == Tree.Kind.INTERFACE
              && JavaFile.methods(type).stream()
                  .filter(it -> it.getBody() != null) // a method of a service may have the name
                  .anyMatch(it -> it.getName().contentEquals("serve"));
      if (isService) {
        sources.put(className(file), new Source(java, type));
      }
    }
    var services = new LinkedHashMap<String, ServiceInterface>();
    sources.forEach(
        (name, source) -> {
          var methods = methods(source, sources, generated);
          var simple = source.type.getSimpleName().toString();
          services.put(name, new ServiceInterface(source.file.packageName(), simple, methods));
        });
    return services;
  }

  private record Source(JavaFile file, ClassTree type) {}

  private static String className(GeneratedFile file) {
    return file.path().replace('/', '.').replaceFirst("\\.java$", "");
  }

  private static List<Method> methods(
      Source source, Map<String, Source> sources, Set<String> generated) {
    var methods = new ArrayList<Method>();
    for (Tree base : source.type.getImplementsClause()) {
      Source its = sources.get(source.file.resolve(base.toString()));
      if (its != null) {
        methods.addAll(methods(its, sources, generated));
      }
    }
    for (MethodTree method : JavaFile.methods(source.type)) {
      boolean isAbstract = method.getBody() == null;
      if (isAbstract) {
        methods.add(method(source.file, method, generated));
      }
    }
    return methods;
  }

  private static Method method(JavaFile file, MethodTree method, Set<String> generated) {
    var mentioned = new LinkedHashSet<String>();
    var identifiers =
        new TreeScanner<Void, Void>() {
          @Override
          public Void visitIdentifier(IdentifierTree identifier, Void nothing) {
            mentioned.add(identifier.getName().toString());
            return null;
          }
        };
    identifiers.scan(method.getReturnType(), null);
    method.getParameters().forEach(it -> identifiers.scan(it.getType(), null));
    identifiers.scan(method.getThrows(), null);
    var types = new TreeSet<String>();
    for (String name : mentioned) {
      String full = file.resolve(name);
      if (file.imports().containsKey(name) || generated.contains(full)) {
        types.add(full);
      }
    }
    return new Method(method.getName().toString(), signature(method), types);
  }

  private static String signature(MethodTree method) {
    String parameters =
        method.getParameters().stream()
            .map(it -> it.getType() + " " + it.getName())
            .collect(Collectors.joining(", "));
    String exceptions =
        method.getThrows().stream().map(Tree::toString).collect(Collectors.joining(", "));
    return "%s %s(%s)%s"
        .formatted(
            method.getReturnType(),
            method.getName(),
            parameters,
            exceptions.isEmpty() ? "" : " throws " + exceptions);
  }
}
