package io.windhover.idl.diff;

import io.windhover.idl.StructType;
import io.windhover.idl.ast.StructKind;

/// What a field is, which says what a change of it means.
enum FieldRole {
  FIELD(
      "field",
      ThriftChange.FIELD_ADDED,
      ThriftChange.FIELD_REMOVED,
      ThriftChange.FIELD_RENAMED,
      ThriftChange.FIELD_ID_CHANGED,
      ThriftChange.FIELD_TYPE_CHANGED,
      ThriftChange.FIELD_TYPE_REPLACED),
  ARM(
      "arm",
      ThriftChange.ARM_ADDED,
      ThriftChange.ARM_REMOVED,
      ThriftChange.ARM_RENAMED,
      ThriftChange.ARM_ID_CHANGED,
      ThriftChange.ARM_TYPE_CHANGED,
      ThriftChange.ARM_TYPE_REPLACED),
  ARGUMENT(
      "argument",
      ThriftChange.ARGUMENT_ADDED,
      ThriftChange.ARGUMENT_REMOVED,
      ThriftChange.ARGUMENT_RENAMED,
      ThriftChange.ARGUMENT_ID_CHANGED,
      ThriftChange.ARGUMENT_TYPE_CHANGED,
      ThriftChange.ARGUMENT_TYPE_REPLACED),
  THROWS(
      "exception",
      ThriftChange.THROWS_ADDED,
      ThriftChange.THROWS_REMOVED,
      ThriftChange.THROWS_RENAMED,
      ThriftChange.THROWS_ID_CHANGED,
      ThriftChange.THROWS_TYPE_CHANGED,
      ThriftChange.THROWS_TYPE_REPLACED);

  final String noun;
  final ThriftChange added;
  final ThriftChange removed;
  final ThriftChange renamed;
  final ThriftChange idChanged;
  final ThriftChange typeChanged;
  final ThriftChange typeReplaced;

  FieldRole(
      String noun,
      ThriftChange added,
      ThriftChange removed,
      ThriftChange renamed,
      ThriftChange idChanged,
      ThriftChange typeChanged,
      ThriftChange typeReplaced) {
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
