package io.windhover.proto;

import io.windhover.proto.ast.Edition;
import io.windhover.proto.ast.Import;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;

/// Checks what concerns a file as a whole.
final class FileChecker {
  private static final int MAX_PACKAGE_PARTS = 101; // as protoc has it, and the next
  private static final int MAX_PACKAGE_LENGTH = 511;

  private final Diagnostics diagnostics;

  FileChecker(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(ProtoFile file) {
    Span top = file.syntax().span().file().span(0, 0);
    if (file.syntax().syntax().isEmpty()) {
      diagnostics.report(
          ProtoRule.MISSING_SYNTAX,
          top,
          "no syntax is given, which means proto2",
          "begin with: syntax = \"proto2\"; or \"proto3\", or an edition");
    }
    checkPackage(file);
    checkKinds(file);
    if (!isLite(file)) {
      checkImports(file);
    } else if (file.options().isTrue("cc_generic_services")
        || file.options().isTrue("java_generic_services")) {
      file.services()
          .forEach(
              it ->
                  diagnostics.report(
                      ProtoRule.OPTION_VALUE,
                      it.span(),
                      "generic services of a file with optimize_for = LITE_RUNTIME"));
    }
    if (file.edition().isEdition()) {
      checkEdition(file, top);
    }
  }

  private void checkPackage(ProtoFile file) {
    String name = file.packageName();
    boolean isDeep = name.chars().filter(c -> c == '.').count() >= MAX_PACKAGE_PARTS;
    if (isDeep || name.length() > MAX_PACKAGE_LENGTH) {
      diagnostics.report(
          ProtoRule.BAD_NAME,
          file.syntax().packageName().orElseThrow().span(),
          isDeep
              ? "package of more than " + MAX_PACKAGE_PARTS + " parts"
              : "package name is longer than " + MAX_PACKAGE_LENGTH + " characters");
    }
  }

  private void checkKinds(ProtoFile file) {
    boolean isLater = file.edition().isSince(Edition.EDITION_2024);
    Import option = null;
    for (ProtoFile.Imported imported : file.imports()) {
      Import syntax = imported.syntax();
      switch (syntax.kind()) {
        case OPTION -> {
          option = syntax;
          if (!isLater) {
            diagnostics.report(
                ProtoRule.OTHER_EDITION, syntax.span(), "imports for options are of edition 2024");
          }
        }
        case NORMAL, PUBLIC, WEAK -> {
          if (option != null) {
            String text = "an import behind one for options";
            diagnostics.report(
                Diagnostic.of(ProtoRule.SYNTAX, syntax.span(), text)
                    .withLabel(option.span(), "which is this"));
          }
          if (isLater && syntax.kind() == Import.Kind.WEAK) {
            diagnostics.report(
                ProtoRule.OTHER_EDITION,
                syntax.span(),
                "edition 2024 has no weak imports",
                "write: import option");
          }
        }
      }
    }
  }

  private void checkImports(ProtoFile file) {
    for (ProtoFile.Imported imported : file.imports()) {
      if (isLite(imported.file())) {
        diagnostics.report(
            ProtoRule.LITE_IMPORT,
            imported.syntax().span(),
            "'%s' has optimize_for = LITE_RUNTIME, and this file has not"
                .formatted(imported.file().name()),
            "a file for the smaller library can be imported only by such files");
      }
    }
  }

  private void checkEdition(ProtoFile file, Span top) {
    if (file.features().fieldPresence() == Features.FieldPresence.LEGACY_REQUIRED) {
      diagnostics.report(
          ProtoRule.FEATURE,
          top,
          "all fields of the file are required: LEGACY_REQUIRED is for fields");
    }
    if (file.options().isTrue("java_string_check_utf8")) {
      diagnostics.report(
          ProtoRule.OTHER_EDITION,
          top,
          "option java_string_check_utf8 in an edition",
          "write features.(pb.java).utf8_validation = VERIFY");
    }
  }

  static boolean isLite(ProtoFile file) {
    return file.options().choice("optimize_for").filter("LITE_RUNTIME"::equals).isPresent();
  }
}
