package io.windhover.idl.diff;

import io.windhover.idl.StructType;
import io.windhover.idl.ast.StructKind;

/// What a field is, which says what a change of it means.
enum FieldRole {
  FIELD(
      "field",
      ChangeRule.FIELD_ADDED,
      ChangeRule.FIELD_REMOVED,
      ChangeRule.FIELD_RENAMED,
      ChangeRule.FIELD_ID_CHANGED,
      ChangeRule.FIELD_TYPE_CHANGED,
      ChangeRule.FIELD_TYPE_REPLACED),
  ARM(
      "arm",
      ChangeRule.ARM_ADDED,
      ChangeRule.ARM_REMOVED,
      ChangeRule.ARM_RENAMED,
      ChangeRule.ARM_ID_CHANGED,
      ChangeRule.ARM_TYPE_CHANGED,
      ChangeRule.ARM_TYPE_REPLACED),
  ARGUMENT(
      "argument",
      ChangeRule.ARGUMENT_ADDED,
      ChangeRule.ARGUMENT_REMOVED,
      ChangeRule.ARGUMENT_RENAMED,
      ChangeRule.ARGUMENT_ID_CHANGED,
      ChangeRule.ARGUMENT_TYPE_CHANGED,
      ChangeRule.ARGUMENT_TYPE_REPLACED),
  THROWS(
      "exception",
      ChangeRule.THROWS_ADDED,
      ChangeRule.THROWS_REMOVED,
      ChangeRule.THROWS_RENAMED,
      ChangeRule.THROWS_ID_CHANGED,
      ChangeRule.THROWS_TYPE_CHANGED,
      ChangeRule.THROWS_TYPE_REPLACED);

  final String noun;
  final ChangeRule added;
  final ChangeRule removed;
  final ChangeRule renamed;
  final ChangeRule idChanged;
  final ChangeRule typeChanged;
  final ChangeRule typeReplaced;

  FieldRole(
      String noun,
      ChangeRule added,
      ChangeRule removed,
      ChangeRule renamed,
      ChangeRule idChanged,
      ChangeRule typeChanged,
      ChangeRule typeReplaced) {
    this.noun = noun;
    this.added = added;
    this.removed = removed;
    this.renamed = renamed;
    this.idChanged = idChanged;
    this.typeChanged = typeChanged;
    this.typeReplaced = typeReplaced;
  }

  static FieldRole of(StructType type) {
    return type.kind() == StructKind.UNION ? ARM : FIELD;
  }
}
