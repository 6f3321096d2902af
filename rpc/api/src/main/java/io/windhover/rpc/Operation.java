package io.windhover.rpc;

/// A method together with the endpoint that runs it.
public record Operation(Method<?> method, Endpoint endpoint) {}
