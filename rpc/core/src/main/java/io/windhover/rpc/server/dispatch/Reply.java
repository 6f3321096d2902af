package io.windhover.rpc.server.dispatch;

import io.windhover.buffer.LinkBuffer;
import org.jspecify.annotations.Nullable;

/// What is to happen on a connection after one of its messages.
///
/// @param frame what to write; null for a oneway call
/// @param closes whether the connection ends with it
public record Reply(@Nullable LinkBuffer frame, boolean closes) {

  static final Reply NONE = new Reply(null, false);
}
