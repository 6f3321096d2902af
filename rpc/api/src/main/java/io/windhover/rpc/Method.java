package io.windhover.rpc;

/// One method of an IDL service, as generated code describes it.
///
/// @param name the name in the IDL, which is the name on the wire
/// @param oneway whether the caller gets no reply
/// @param request turns the argument struct into bytes and back
/// @param response does so for the result struct; never used for a oneway method
/// @param <C> the codec type of the payload family: for Thrift, `StructCodec`
public record Method<C>(String name, boolean oneway, C request, C response) {}
