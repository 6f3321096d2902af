package io.windhover.rpc.server;

import io.windhover.rpc.Method;
import java.util.List;

/// What a server speaks beside what is built in.
///
/// @param transports guarded, in the order in which they are asked
record Extensions(List<Transport> transports) {

  Extensions {
    transports = List.copyOf(transports);
  }

  static Extensions of(List<Transport> transports) {
    return new Extensions(transports.stream().<Transport>map(GuardedTransport::new).toList());
  }

  boolean carries(Method<?> method) {
    return transports.stream().anyMatch(transport -> transport.carries(method));
  }

  /// Returns their names for a list, each with a comma before it.
  String names() {
    var names = new StringBuilder();
    transports.forEach(transport -> names.append(", ").append(transport.name()));
    return names.toString();
  }
}
