package io.windhover.idl.trim;

import io.windhover.idl.Compilation;
import io.windhover.idl.Definition;
import io.windhover.idl.Method;
import io.windhover.idl.Program;
import io.windhover.idl.Service;
import io.windhover.idl.ast.Include;
import io.windhover.idl.ast.Node;
import io.windhover.idl.parser.ParsedFile;
import io.windhover.source.Span;
import io.windhover.source.parse.Token;
import io.windhover.source.trim.Cut;
import io.windhover.source.trim.Selection;
import io.windhover.source.trim.Trimmed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Takes out of a file, and of what it includes, all that is not needed for what is wanted.
///
/// What stays is what the wanted methods and definitions lead to: types of fields, arguments,
/// results and exceptions, typedefs on the way, constants in defaults, base services (with those of
/// their methods that are wanted), includes and files that are still referred to. Namespaces stay.
public final class Trimmer {
  private final Compilation compilation;
  private final Selection selection;
  private final Reach reach = new Reach();

  private Trimmer(Compilation compilation, Selection selection) {
    this.compilation = compilation;
    this.selection = selection;
  }

  /// @param compilation of one file, without errors
  public static Trimmed trim(Compilation compilation, Selection selection) {
    return new Trimmer(compilation, selection).trim();
  }

  private Trimmed trim() {
    var unknown = select();
    if (!unknown.isEmpty()) {
      return new Trimmed(List.of(), List.of(), unknown);
    }
    if (selection.preserves()) {
      preserve();
    }
    var trimmed = new ArrayList<Trimmed.File>();
    var removed = new ArrayList<String>();
    for (Program program : compilation.programs()) {
      boolean stays =
          compilation.roots().contains(program)
              || program.definitions().stream().anyMatch(reach::has);
      String text = trim(program, removed);
      if (stays) {
        var path = program.file().path();
        trimmed.add(new Trimmed.File(path, path, text));
      } else {
        removed.add("file " + program);
      }
    }
    return new Trimmed(trimmed, removed, List.of());
  }

  // ---- what is wanted

  /// @return what is not there
  private List<String> select() {
    var unknown = new ArrayList<String>();
    Program root = compilation.roots().getFirst();
    var services = root.definitions(Service.class);
    if (selection.isEmpty()) {
      services.forEach(service -> selectAll(service, Pattern.compile(".*")));
    }
    for (Pattern pattern : selection.methods()) {
      boolean isFound = false;
      for (Service service : services) {
        isFound |= selectAll(service, pattern);
      }
      if (!isFound) {
        unknown.add("no method matches '" + pattern + "'");
      }
    }
    var names = new Names(root);
    for (String name : selection.structs()) {
      Optional.ofNullable(names.find(name))
          .ifPresentOrElse(reach::add, () -> unknown.add("no definition is called '" + name + "'"));
    }
    return unknown;
  }

  private boolean selectAll(Service service, Pattern pattern) {
    var services = service.program().definitions(Service.class);
    boolean isFound = false;
    for (var it = Optional.of(service); it.isPresent(); it = it.get().base()) {
      for (Method method : it.get().methods()) {
        boolean isLast = service == services.getLast();
        if (Selection.matches(pattern, service.name(), method.name(), isLast)) {
          reach.add(service);
          reach.add(it.get(), method);
          isFound = true;
        }
      }
    }
    return isFound;
  }

  private void preserve() {
    for (Program program : compilation.programs()) {
      var cut = cut(program);
      for (Definition definition : program.definitions()) {
        if (cut.isPreserved(definition.syntax().span())) {
          reach.add(definition);
          if (definition instanceof Service service) {
            service.methods().forEach(method -> reach.add(service, method));
          }
        }
      }
    }
  }

  // ---- what is not

  private String trim(Program program, List<String> removed) {
    var nodes = new LinkedHashSet<Node>();
    for (Include include : program.syntax().includes()) {
      if (!reach.has(program, include)) {
        nodes.add(include);
        removed.add("include \"%s\" of %s".formatted(include.path().value(), program.name()));
      }
    }
    for (Definition definition : program.definitions()) {
      String name = program.name() + "." + definition.name();
      if (!reach.has(definition)) {
        nodes.add(definition.syntax());
        removed.add(definition.noun() + " " + name);
      } else if (definition instanceof Service service) {
        for (Method method : service.methods()) {
          if (!reach.has(method)) {
            nodes.add(method.syntax());
            removed.add("method " + name + "." + method.name());
          }
        }
      }
    }
    var cut = cut(program);
    nodes.stream()
        .map(Node::span)
        .sorted(Comparator.comparingInt(Span::start))
        .forEach(cut::remove);
    return cut.result();
  }

  private static Cut cut(Program program) {
    var file = ParsedFile.of(program.syntax());
    return new Cut(file.file(), file.tokens().stream().map(Token::span).toList());
  }
}
