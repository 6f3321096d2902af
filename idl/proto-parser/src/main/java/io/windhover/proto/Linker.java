package io.windhover.proto;

import io.windhover.proto.ast.Import;
import io.windhover.proto.ast.Name;
import io.windhover.proto.parser.LoadedFile;
import io.windhover.proto.parser.StandardFiles;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Span;
import io.windhover.source.parse.DepthFirst;
import io.windhover.source.parse.Diagnostics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Turns syntax trees into the model, checking as it goes.
///
/// First every definition gets its object; then names of types are resolved, options interpreted,
/// features inherited; then all of it is checked. Each step goes through all files. Names of types
/// that lead nowhere end the run, since later errors would come of them.
final class Linker {
  private static final int MAX_SHOWN_IMPORTS = 10;

  private final Diagnostics diagnostics;
  private final Map<LoadedFile, ProtoFile> made = new LinkedHashMap<>();
  private List<ProtoFile> order = List.of();

  Linker(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void link(List<LoadedFile> loaded) {
    loaded.forEach(it -> made.put(it, new ProtoFile(it.document())));
    var walk = DepthFirst.walk(loaded, Linker::targets);
    walk.cycles().forEach(this::reportCycle);
    order = walk.postorder().stream().map(this::file).toList();
    loaded.forEach(this::addImports);
    if (!diagnostics.hasErrors()) {
      linkFiles();
    }
  }

  /// Imports before those that import them.
  List<ProtoFile> files() {
    return order;
  }

  ProtoFile file(LoadedFile file) {
    return Objects.requireNonNull(made.get(file));
  }

  private void linkFiles() {
    var names = new Names(diagnostics);
    Map<Field, Name> extendees = new HashMap<>();
    order.forEach(it -> Definer.define(it, names, extendees, diagnostics));
    var uses = new ImportUses(diagnostics);
    var types = new TypeLinker(names, extendees, uses, diagnostics);
    int errorsBefore = diagnostics.faults();
    order.forEach(types::link);
    if (diagnostics.faults() > errorsBefore) {
      return;
    }
    var descriptor =
        order.stream().filter(it -> it.name().equals(StandardFiles.DESCRIPTOR)).findFirst();
    var options = new OptionLinker(descriptor, names, uses, diagnostics);
    var features = new FeatureLinker();
    for (ProtoFile file : order) { // what a file's options are was said in those before
      options.link(file);
      features.link(file);
    }
    var defaults = new DefaultLinker(diagnostics);
    order.forEach(defaults::link);
    var checks = new Checks(diagnostics);
    order.forEach(checks::check);
    if (!diagnostics.hasErrors()) {
      order.forEach(uses::reportUnused);
    }
  }

  private void addImports(LoadedFile file) {
    Map<LoadedFile, Import> seen = new HashMap<>();
    for (LoadedFile.Imported imported : file.imports()) {
      Import same = seen.putIfAbsent(imported.target(), imported.syntax());
      if (same == null) {
        file(file).add(new ProtoFile.Imported(imported.syntax(), file(imported.target())));
      } else {
        String message = "'" + imported.target().name() + "' is imported twice";
        diagnostics.report(
            Diagnostic.of(ProtoRule.DUPLICATE_IMPORT, imported.syntax().span(), message)
                .withLabel(same.span(), "first imported here"));
      }
    }
  }

  private void reportCycle(List<LoadedFile> cycle) {
    LoadedFile first = cycle.getFirst();
    var diagnostic =
        Diagnostic.of(
            ProtoRule.IMPORT_CYCLE,
            place(first, cycle.get(1 % cycle.size())),
            "files import each other: " + DepthFirst.show(cycle));
    int shown = Math.min(cycle.size(), MAX_SHOWN_IMPORTS);
    for (int i = 1; i < shown; i++) {
      Span span = place(cycle.get(i), cycle.get((i + 1) % cycle.size()));
      diagnostic =
          diagnostic.withLabel(span, i == cycle.size() - 1 ? "and back" : "which leads on");
    }
    diagnostics.report(diagnostic);
  }

  private static Span place(LoadedFile from, LoadedFile to) {
    return from.imports().stream()
        .filter(it -> it.target() == to)
        .findFirst()
        .orElseThrow()
        .syntax()
        .span();
  }

  private static List<LoadedFile> targets(LoadedFile file) {
    return file.imports().stream().map(LoadedFile.Imported::target).toList();
  }
}
