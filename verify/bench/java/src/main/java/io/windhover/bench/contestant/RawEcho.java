package io.windhover.bench.contestant;

import io.windhover.bench.harness.Contestant;

/// A server that sends frames back and knows nothing of calls. Its client is the program in C, so
/// that all raw servers have the same.
///
/// ```
///   +------------------+-----------------+
///   | length (4 bytes) | body ...        |   length is that of the body, big-endian
///   +------------------+-----------------+
/// ```
interface RawEcho extends Contestant {

  int LENGTH_BYTES = 4;
  int MAX_FRAME_BYTES = 16 << 20;

  @Override
  default Client connect(int port) {
    throw new UnsupportedOperationException(
        "this contestant has a server only; call it with: target/bench/c/echo client epoll-echo "
            + port);
  }
}
