package io.windhover.bench.runner;

import java.util.Locale;

/// What a server is to do: a method of bench.thrift or streams.thrift, or frames to send back.
enum Work {
  ECHO,
  /// Echo with 32 calls under way on each connection; replies may come in any order.
  PIPELINE,
  SLEEP,
  ORDER,
  /// A call is a message and its answer, on a stream that stays open for all calls of a caller.
  BIDI,
  /// A call is a stream of [#messages] from the server, from its opening to its end.
  STREAM;

  private static final int STREAM_MESSAGES = 1000;

  /// As clients expect it.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Returns how many messages a call has. All figures but latency are for one of them.
  int messages() {
    return this == STREAM ? STREAM_MESSAGES : 1;
  }

  /// What figures are given for.
  String unit() {
    return messages() > 1 ? "message" : "call";
  }
}
