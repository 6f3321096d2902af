package io.windhover.idl.diff;

import io.windhover.idl.StructType;
import io.windhover.idl.ast.StructKind;

/// What a field is, which says what a change of it means.
enum FieldRole {
  FIELD(
      "field",
      Rule.FIELD_ADDED,
      Rule.FIELD_REMOVED,
      Rule.FIELD_RENAMED,
      Rule.FIELD_ID_CHANGED,
      Rule.FIELD_TYPE_CHANGED,
      Rule.FIELD_TYPE_REPLACED),
  ARM(
      "arm",
      Rule.ARM_ADDED,
      Rule.ARM_REMOVED,
      Rule.ARM_RENAMED,
      Rule.ARM_ID_CHANGED,
      Rule.ARM_TYPE_CHANGED,
      Rule.ARM_TYPE_REPLACED),
  ARGUMENT(
      "argument",
      Rule.ARGUMENT_ADDED,
      Rule.ARGUMENT_REMOVED,
      Rule.ARGUMENT_RENAMED,
      Rule.ARGUMENT_ID_CHANGED,
      Rule.ARGUMENT_TYPE_CHANGED,
      Rule.ARGUMENT_TYPE_REPLACED),
  THROWS(
      "exception",
      Rule.THROWS_ADDED,
      Rule.THROWS_REMOVED,
      Rule.THROWS_RENAMED,
      Rule.THROWS_ID_CHANGED,
      Rule.THROWS_TYPE_CHANGED,
      Rule.THROWS_TYPE_REPLACED);

  final String noun;
  final Rule added;
  final Rule removed;
  final Rule renamed;
  final Rule idChanged;
  final Rule typeChanged;
  final Rule typeReplaced;

  FieldRole(
      String noun,
      Rule added,
      Rule removed,
      Rule renamed,
      Rule idChanged,
      Rule typeChanged,
      Rule typeReplaced) {
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
