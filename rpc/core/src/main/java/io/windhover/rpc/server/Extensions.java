package io.windhover.rpc.server;

import io.windhover.rpc.Method;
import io.windhover.rpc.codec.FrameCodec;
import io.windhover.rpc.codec.PayloadCodec;
import io.windhover.rpc.transport.Transport;
import io.windhover.rpc.wire.GuardedFrameCodec;
import io.windhover.rpc.wire.WireFormats;
import java.util.List;

/// What a server speaks beside what is built in.
///
/// @param transports guarded, in the order in which they are asked
/// @param frameCodecs asked after those
/// @param formats of messages in all frames
record Extensions(
    List<Transport> transports, List<GuardedFrameCodec> frameCodecs, WireFormats formats) {

  Extensions {
    frameCodecs = List.copyOf(frameCodecs);
    transports = List.copyOf(transports);
  }

  static Extensions of(
      List<Transport> transports, List<FrameCodec> frameCodecs, List<PayloadCodec> payloadCodecs) {
    return new Extensions(
        transports.stream().<Transport>map(GuardedTransport::new).toList(),
        frameCodecs.stream().map(GuardedFrameCodec::new).toList(),
        WireFormats.of(payloadCodecs));
  }

  boolean carries(Method<?> method) {
    return transports.stream().anyMatch(transport -> transport.carries(method))
        || formats.payloads().stream().anyMatch(codec -> codec.carries(method));
  }

  /// Whether calls of a method that is not of Thrift can all name its service: payloads may travel
  /// in frames that do not, and transports have their own way to say which method is meant.
  boolean areNamed(Method<?> method) {
    return formats.payloads().stream().noneMatch(codec -> codec.carries(method));
  }

  /// Returns what a client with TLS may ask for, by ALPN.
  List<String> applicationProtocols() {
    return transports.stream()
        .flatMap(transport -> transport.applicationProtocols().stream())
        .distinct()
        .toList();
  }

  /// Returns their names for a list, each with a comma before it.
  String names() {
    var names = new StringBuilder();
    formats.payloads().forEach(codec -> names.append(", ").append(codec.name()));
    frameCodecs.forEach(codec -> names.append(", ").append(codec.name()));
    transports.forEach(transport -> names.append(", ").append(transport.name()));
    return names.toString();
  }
}
