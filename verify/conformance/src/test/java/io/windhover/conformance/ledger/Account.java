package io.windhover.conformance.ledger;

import org.jspecify.annotations.Nullable;

/// What is known of one call, from all files.
final class Account {

  final CallId id;
  @Nullable Event submitted;
  @Nullable Event end;
  @Nullable Event execution; // the last
  int executions;
  @Nullable Inflow atServer; // of a stream
  @Nullable Inflow atClient;

  Account(CallId id) {
    this.id = id;
  }

  Inflow atServer() {
    if (atServer == null) {
      atServer = new Inflow();
    }
    return atServer;
  }

  Inflow atClient() {
    if (atClient == null) {
      atClient = new Inflow();
    }
    return atClient;
  }

  /// Whether the server has had anything of it.
  boolean hasRun() {
    return executions > 0 || atServer != null && !atServer.isEmpty();
  }

  boolean isStream() {
    return submitted != null && submitted.isStream();
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
    return isStream()
        ? "%s, %s, at the server %s, at the client %s".formatted(submitted, end, atServer, atClient)
        : "%s, %s, %d times %s".formatted(submitted, end, executions, execution);
  }
}
