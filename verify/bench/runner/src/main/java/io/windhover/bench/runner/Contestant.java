package io.windhover.bench.runner;

import java.util.Set;

/// One who takes part.
///
/// @param library what it runs on, with its version
/// @param connections how its client calls: a connection for each caller, or one for all
/// @param program what has its server
/// @param loader what has its client, and the name the client has there
record Contestant(
    String name,
    Group group,
    String library,
    Connections connections,
    Set<Work> works,
    Program program,
    Loader loader) {

  /// Who is compared with whom.
  enum Group {
    /// Encodes and decodes, and calls a handler.
    RPC,
    /// The same for each message of a stream.
    STREAMS,
    /// Sends frames of bytes back.
    RAW
  }

  enum Connections {
    POOLED,
    SHARED
  }

  record Loader(Program program, String name) {}

  boolean isOurs() {
    return name.startsWith("windhover") || name.startsWith("netpoll");
  }

  boolean does(Point point) {
    return works.contains(point.work());
  }
}
