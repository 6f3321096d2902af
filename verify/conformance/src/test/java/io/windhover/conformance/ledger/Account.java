package io.windhover.conformance.ledger;

import org.jspecify.annotations.Nullable;

/// What is known of one call, from all files.
final class Account {

  final CallId id;
  @Nullable Event submitted;
  @Nullable Event end;
  @Nullable Event execution; // the last
  int executions;

  Account(CallId id) {
    this.id = id;
  }

  boolean isOneway() {
    return submitted != null && submitted.isOneway();
  }

  boolean isOk() {
    return end != null && end.kind() == Event.Kind.OK;
  }

  boolean hasFailed() {
    return end != null && end.kind() == Event.Kind.FAILED;
  }

  @Override
  public String toString() {
    return "%s, %s, %d times %s".formatted(submitted, end, executions, execution);
  }
}
