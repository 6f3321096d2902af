package io.windhover.scaffold;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import io.windhover.scaffold.JavaFile.Declaration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// What the classes of a project inherit, as far as its sources and the JDK can tell.
final class Hierarchy {
  private final Map<String, ServiceInterface> services;
  private final Map<String, Source> sources = new HashMap<>();

  private record Source(JavaFile file, Declaration declaration) {}

  /// @param services by their full names
  Hierarchy(Collection<JavaFile> files, Map<String, ServiceInterface> services) {
    this.services = services;
    for (JavaFile file : files) {
      for (Declaration declaration : file.declarations()) {
        sources.put(declaration.fullName(), new Source(file, declaration));
      }
    }
  }

  /// What a class is and has by itself and by its supertypes.
  ///
  /// @param services that it has to implement; not those of a superclass that has to do so itself
  /// @param methods the names of those that are implemented
  /// @param unknown supertypes that are nowhere to be seen
  record Lineage(Set<ServiceInterface> services, Set<String> methods, Set<String> unknown) {

    /// What the class may lack: for certain, if no supertype is unknown.
    List<ServiceInterface.Method> missing() {
      var known = new HashSet<>(methods);
      return services.stream()
          .flatMap(it -> it.methods().stream())
          .filter(it -> known.add(it.name()))
          .toList();
    }
  }

  Lineage of(JavaFile file, Declaration declaration) {
    var climb = new Climb();
    climb.from(new Source(file, declaration), true);
    return climb.lineage;
  }

  /// Whether a class of the sources extends or implements this one.
  boolean isExtended(Declaration declaration) {
    return sources.values().stream()
        .anyMatch(
            it ->
                it.declaration.supertypes().stream()
                    .map(name -> find(it, name))
                    .anyMatch(above -> above != null && above.declaration.equals(declaration)));
  }

  private @Nullable Source find(Source below, String name) {
    return below.file.meanings(name, below.declaration).stream()
        .map(sources::get)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /// The way up from one class.
  private final class Climb {
    private final Lineage lineage =
        new Lineage(new LinkedHashSet<>(), new HashSet<>(), new LinkedHashSet<>());
    private final Set<Step> steps = new HashSet<>();

    /// @param owes whether the class below has to implement what it finds here
    private record Step(String name, boolean owes) {}

    void from(Source source, boolean owes) {
      if (!steps.add(new Step(source.declaration.fullName(), owes))) {
        return;
      }
      lineage.methods.addAll(implemented(source.declaration.tree()));
      for (String name : source.declaration.supertypes()) {
        boolean isKnown =
            source.file.meanings(name, source.declaration).stream()
                .anyMatch(meaning -> isClimbed(meaning, owes));
        if (!isKnown) {
          lineage.unknown.add(name);
        }
      }
    }

    /// Whether there is such a type.
    private boolean isClimbed(String name, boolean owes) {
      ServiceInterface service = services.get(name);
      if (service != null) {
        if (owes) {
          lineage.services.add(service);
        }
        return true;
      }
      Source above = sources.get(name);
      if (above != null) {
        from(above, owes && isOpen(above.declaration.tree()));
        return true;
      }
      return isOfJdk(name);
    }

    private boolean isOfJdk(String name) {
      Class<?> type = ofJdk(name);
      if (type == null) {
        return false;
      }
      Stream.of(type.getMethods())
          .filter(it -> !java.lang.reflect.Modifier.isAbstract(it.getModifiers()))
          .forEach(it -> lineage.methods.add(it.getName()));
      return true;
    }
  }

  /// Whether a supertype may leave methods to be implemented below.
  private static boolean isOpen(ClassTree type) {
    return type.getKind() == Tree.Kind.INTERFACE
        || type.getModifiers().getFlags().contains(Modifier.ABSTRACT);
  }

  private static Set<String> implemented(ClassTree type) {
    var names = new HashSet<String>();
    for (Tree member : type.getMembers()) {
      if (member instanceof MethodTree method && isImplemented(method)) {
        names.add(method.getName().toString());
      } else if (member instanceof VariableTree component && type.getKind() == Tree.Kind.RECORD) {
        names.add(component.getName().toString()); // its accessor
      }
    }
    return names;
  }

  private static boolean isImplemented(MethodTree method) {
    var modifiers = method.getModifiers().getFlags();
    return !modifiers.contains(Modifier.STATIC)
        && (method.getBody() != null || modifiers.contains(Modifier.NATIVE));
  }

  private static @Nullable Class<?> ofJdk(String name) {
    try {
      return Class.forName(name, false, ClassLoader.getPlatformClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      int dot = name.lastIndexOf('.');
      return dot < 0 ? null : ofJdk(name.substring(0, dot) + "$" + name.substring(dot + 1));
    }
  }
}
