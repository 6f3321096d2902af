package io.windhover.scaffold;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How the types of added methods are named in a source file: by their simple names, with imports,
/// or in full where a simple name means something else already. What the file says now, it says
/// afterwards.
final class TypeNames {
  private final JavaFile file;
  private final Set<String> mentioned;
  private final Set<String> declared;
  private final Map<String, String> imported;
  private final Set<String> added = new TreeSet<>();

  TypeNames(JavaFile file) {
    this.file = file;
    this.mentioned = file.identifiers();
    this.declared =
        file.declarations().stream()
            .map(it -> it.tree().getSimpleName().toString())
            .collect(Collectors.toSet());
    this.imported = new TreeMap<>(file.imports());
  }

  /// Returns the signature of a method as it has to be written in this file.
  String signature(ServiceInterface.Method method) {
    String signature = method.signature();
    for (String type : method.types()) {
      if (!isSimple(type)) {
        var name = Pattern.compile("(?<![\\w.])" + Pattern.quote(simple(type)) + "(?!\\w)");
        signature = name.matcher(signature).replaceAll(Matcher.quoteReplacement(type));
      }
    }
    return signature;
  }

  /// Returns the full names that the signatures need an import for.
  Set<String> imports() {
    return added;
  }

  private boolean isSimple(String type) {
    String simple = simple(type);
    String other = imported.get(simple);
    if (other != null) {
      return other.equals(type);
    }
    if (declared.contains(simple)) {
      return false;
    }
    String scope = type.substring(0, type.length() - simple.length() - 1);
    if (scope.equals(file.packageName())) {
      return true;
    }
    if (mentioned.contains(simple) && !file.importsAllOf(scope)) {
      return false; // it is a class of this package, or inherited
    }
    imported.put(simple, type);
    added.add(type);
    return true;
  }

  static String simple(String fullName) {
    return fullName.substring(fullName.lastIndexOf('.') + 1);
  }
}
