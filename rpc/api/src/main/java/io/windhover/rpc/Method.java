package io.windhover.rpc;

/// One method of an IDL service, as generated code describes it.
///
/// @param name the name in the IDL, which is the name on the wire
/// @param oneway whether the caller gets no reply
/// @param codec turns the request and the response into bytes and back
/// @param <C> the codec type of the payload family: for Thrift, `CallCodec`
public record Method<C>(String name, boolean oneway, C codec) {}
