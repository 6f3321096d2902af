package io.windhover.http2.hpack;

import java.util.Set;

/// How a field that no table has is written: RFC 7541, section 6.2.
enum Indexing {

  /// And added to the table: a byte or two from the next time on.
  ADDED(0x40, 6),

  /// And not added, as the next one will be different; unless the name is not there yet.
  NOT_ADDED(0x00, 4),

  /// And added to no table, here or further on: what two messages have in common would show in
  /// their length.
  NEVER(0x10, 4);

  /// Of secrets, whoever writes them. Bearer tokens would be the same in each request, but are what
  /// an attacker is after.
  private static final Set<String> SECRET =
      Set.of("authorization", "cookie", "proxy-authorization", "set-cookie");

  /// Of values that hardly come twice, and would push out of the table those that do.
  private static final Set<String> CHANGING =
      Set.of(
          "age",
          "content-length",
          "etag",
          "grpc-message",
          "grpc-status-details-bin",
          "grpc-timeout",
          "grpc-trace-bin",
          "if-modified-since",
          "if-none-match",
          "last-modified",
          "location",
          "traceparent",
          "tracestate",
          "x-request-id");

  /// The first octet, zeros in the place of the name's index.
  final int first;

  /// How many bits of it are that index's.
  final int indexBits;

  Indexing(int first, int indexBits) {
    this.first = first;
    this.indexBits = indexBits;
  }

  static Indexing of(HeaderField field) {
    if (field.neverIndexed() || SECRET.contains(field.name())) {
      return NEVER;
    }
    boolean isChanging = !field.value().isEmpty() && CHANGING.contains(field.name());
    return isChanging ? NOT_ADDED : ADDED;
  }
}
