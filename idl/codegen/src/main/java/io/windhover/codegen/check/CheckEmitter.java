package io.windhover.codegen.check;

import io.windhover.codegen.check.Checks.Checked;
import io.windhover.codegen.check.ConstraintCode.Access;
import io.windhover.codegen.check.ConstraintCode.Place;
import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.model.ReservedNames;
import io.windhover.codegen.model.TypeNames;
import io.windhover.idl.validation.ValidationRules;
import java.util.ArrayList;
import java.util.List;

/// Emits the code of a class that checks the rules of its IDL: the method, and a nested class that
/// does it. Emits nothing for a class that has nothing to check.
public final class CheckEmitter {
  private static final int MAX_WEIGHT = 60; // of a method: far from HotSpot's 8,000 bytecodes

  private final JavaSource out;
  private final String name;
  private final Checks checks;
  private final CheckConstants constants = new CheckConstants();
  private final ConstraintCode code;
  private final Weights weights;

  /// The code for a field, or for a part of its rules.
  private record Piece(List<String> lines, int weight) {}

  public CheckEmitter(
      JavaSource out, String name, Checks checks, ValidationRules rules, TypeNames names) {
    this.out = out;
    this.name = name;
    this.checks = checks;
    this.code = new ConstraintCode(checks, rules, names, constants);
    this.weights = new Weights(MAX_WEIGHT);
  }

  /// Returns what follows the name of the class where it is declared.
  public String supertype() {
    return checks.supertype();
  }

  public void emit() {
    if (checks.isEmpty()) {
      return;
    }
    out.blank();
    out.code("@`Override`");
    out.code(
        "%s void validate(`Validation` validation) {"
            .formatted(checks.isUnion() ? "default" : "public"));
    out.code("%s.check(this, validation);".formatted(ReservedNames.CHECKS));
    out.code("}");
    out.blank();
    if (checks.isUnion()) {
      out.docText("Checks the rules of [" + name + "].");
    }
    out.code(
        "%s %s {"
            .formatted(
                checks.isUnion() ? "final class" : "private static final class",
                ReservedNames.CHECKS));
    var parts = parts();
    constants.emit(out);
    out.code("private %s() {}".formatted(ReservedNames.CHECKS));
    for (int part = 0; part < parts.size(); part++) {
      method(parts, part);
    }
    out.code("}");
  }

  private void method(List<List<String>> parts, int part) {
    out.blank();
    out.code(
        "private static void check%s(%s value, `Validation` out) {"
            .formatted(part == 0 ? "" : part, name));
    parts.get(part).forEach(out::code);
    if (part == 0) {
      for (int next = 1; next < parts.size(); next++) {
        out.code("check%s(value, out);".formatted(next));
      }
    }
    out.code("}");
  }

  /// Shares the code out among methods.
  private List<List<String>> parts() {
    var parts = new ArrayList<List<String>>();
    int weight = MAX_WEIGHT + 1;
    for (var piece : pieces()) {
      weight += piece.weight();
      if (weight > MAX_WEIGHT) {
        parts.add(new ArrayList<>());
        weight = piece.weight();
      }
      parts.getLast().addAll(piece.lines());
    }
    return parts;
  }

  private List<Piece> pieces() {
    var pieces = new ArrayList<Piece>();
    for (var checked : checks.values()) {
      constants.of(checked.field());
      for (var rules : weights.pieces(checked.rules())) {
        var piece = new Checked(checked.field(), checked.type(), rules);
        pieces.add(new Piece(checks.isUnion() ? arm(piece) : field(piece), weights.of(rules)));
      }
    }
    for (var assertion : checks.assertions()) {
      code.assertion(assertion);
      pieces.add(new Piece(code.take(), 1 + assertion.condition().size()));
    }
    return pieces;
  }

  private List<String> field(Checked checked) {
    code.value(
        checked.type(), checked.rules(), Access.of(checked.field()), Place.of(checked.field()));
    return code.take();
  }

  private List<String> arm(Checked checked) {
    var arm = checked.field();
    code.value(checked.type(), checked.rules(), Access.sure("arm.value()"), Place.of(arm));
    var lines = new ArrayList<>(code.take());
    if (!lines.isEmpty()) {
      lines.addFirst("if (value instanceof %s arm) {".formatted(arm.stem()));
      lines.addLast("}");
    }
    return lines;
  }
}
