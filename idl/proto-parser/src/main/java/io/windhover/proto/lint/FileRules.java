package io.windhover.proto.lint;

import io.windhover.proto.ProtoFile;
import io.windhover.proto.ast.Import;
import io.windhover.proto.rule.NameStyle;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Checks what a file is called, where it is, its package and its imports.
final class FileRules {
  private static final Pattern VERSION = Pattern.compile("v[0-9]+(p[0-9]+)?((alpha|beta)[0-9]*)?");
  private static final String SUFFIX = ".proto";

  private final Diagnostics diagnostics;

  FileRules(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(ProtoFile file) {
    fileName(file);
    file.syntax()
        .packageName()
        .ifPresentOrElse(it -> packageName(file, it.name().span()), () -> missingPackage(file));
    imports(file);
  }

  private void fileName(ProtoFile file) {
    String name = file.name().substring(file.name().lastIndexOf('/') + 1);
    String base = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    if (!NameStyle.LOWER.matches(base)) {
      diagnostics.report(
          ProtoRule.FILE_NAME,
          start(file),
          "name of the file: " + name + " (expected: " + NameStyle.LOWER + SUFFIX + ")",
          "call it " + NameStyle.LOWER.applied(base) + SUFFIX);
    }
  }

  private void missingPackage(ProtoFile file) {
    diagnostics.report(
        ProtoRule.MISSING_PACKAGE,
        start(file),
        "the file has no package: its names are everybody's",
        "write one behind the syntax, such as package shop.v1;");
  }

  private void packageName(ProtoFile file, Span span) {
    String name = file.packageName();
    if (!NameStyle.LOWER.matches(name)) {
      diagnostics.report(
          ProtoRule.PACKAGE_NAME,
          span,
          "name of the package: " + name + " (expected: " + NameStyle.LOWER + ")",
          "write " + NameStyle.LOWER.applied(name));
    }
    String last = name.substring(name.lastIndexOf('.') + 1);
    if (!VERSION.matcher(last).matches()) {
      diagnostics.report(
          ProtoRule.PACKAGE_VERSION,
          span,
          "package " + name + " has no version",
          "with " + name + ".v1, what breaks callers can become v2 beside it");
    }
    folder(file, span);
  }

  private void folder(ProtoFile file, Span span) {
    Path folder = Path.of(file.syntax().file().path()).normalize().getParent();
    Path expected = Path.of(file.packageName().replace('.', '/'));
    if (folder != null && !folder.endsWith(expected)) {
      diagnostics.report(
          ProtoRule.PACKAGE_FOLDER,
          span,
          "package " + file.packageName() + " in folder " + slashes(folder),
          "put the file into " + slashes(expected) + ", where readers of an import look for it");
    }
  }

  private static String slashes(Path folder) {
    return folder.toString().replace('\\', '/');
  }

  private void imports(ProtoFile file) {
    Import previous = null;
    boolean isOrdered = true;
    for (Import it : file.syntax().imports()) {
      if (it.kind() == Import.Kind.PUBLIC) {
        diagnostics.report(
            ProtoRule.PUBLIC_IMPORT,
            it.span(),
            "who imports this file gets " + it.path().text() + " too, and may come to need it",
            "import a file where its names are used");
      }
      if (isOrdered && previous != null && isAfter(previous, it)) {
        isOrdered = false;
        diagnostics.report(
            Diagnostic.of(
                    ProtoRule.IMPORT_ORDER,
                    it.span(),
                    "import of " + it.path().text() + " behind that of " + previous.path().text())
                .withHelp("in alphabetical order, two who add one meet less often"));
      }
      previous = it;
    }
  }

  private static boolean isAfter(Import first, Import second) {
    return first.kind() == second.kind() && first.path().text().compareTo(second.path().text()) > 0;
  }

  /// The start of what the file says.
  private static Span start(ProtoFile file) {
    return file.syntax().syntax().map(it -> it.span()).orElse(file.syntax().file().span(0, 0));
  }
}
