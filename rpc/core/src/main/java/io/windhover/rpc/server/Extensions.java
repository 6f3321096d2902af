package io.windhover.rpc.server;

import io.windhover.rpc.Method;
import io.windhover.rpc.codec.PayloadCodec;
import io.windhover.rpc.wire.WireFormats;
import java.util.List;

/// What a server speaks beside what is built in.
///
/// @param transports guarded, in the order in which they are asked
/// @param formats of messages in the frames that are built in
record Extensions(List<Transport> transports, WireFormats formats) {

  Extensions {
    transports = List.copyOf(transports);
  }

  static Extensions of(List<Transport> transports, List<PayloadCodec> payloadCodecs) {
    return new Extensions(
        transports.stream().<Transport>map(GuardedTransport::new).toList(),
        WireFormats.of(payloadCodecs));
  }

  boolean carries(Method<?> method) {
    return transports.stream().anyMatch(transport -> transport.carries(method))
        || formats.payloads().stream().anyMatch(codec -> codec.carries(method));
  }

  /// Returns their names for a list, each with a comma before it.
  String names() {
    var names = new StringBuilder();
    formats.payloads().forEach(codec -> names.append(", ").append(codec.name()));
    transports.forEach(transport -> names.append(", ").append(transport.name()));
    return names.toString();
  }
}
