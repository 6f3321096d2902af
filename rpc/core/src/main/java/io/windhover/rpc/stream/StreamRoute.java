package io.windhover.rpc.stream;

import io.windhover.rpc.Method;
import io.windhover.rpc.StreamEndpoint;
import io.windhover.thrift.call.CallCodec;

/// A method of streams of one service, with the middleware around its handler.
public record StreamRoute(String service, Method<CallCodec> method, StreamEndpoint endpoint) {}
