/// `.proto` files as descriptors: names resolved, options interpreted, rules of the language
/// checked.
///
/// Start at [ProtoCompiler]. What comes out is a model ([ProtoFile] and what is in it) and the same
/// as bytes that every Protobuf library reads ([DescriptorWriter]).
package io.windhover.proto;
