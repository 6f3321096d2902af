/// What messages need that are generated from `.proto` files: the wire format and the contract of a
/// message. No class of protobuf-java is in it.
///
/// Start at [ProtoCodec], which generated code implements with a [ProtoReader] and a [ProtoWriter].
/// [ValueType] and [MapType] are for the entries of maps, [EnumType] for enums. What a peer can get
/// wrong ends in a [ProtoException] and in nothing else. This package may use the link buffer, and
/// never a transport.
package io.windhover.protobuf;
