/// What generated Thrift structs need: the binary and the compact protocol and the contract of a
/// struct.
///
/// Start at [StructCodec], which generated code implements with a [ThriftReader] and a
/// [ThriftWriter]; [BinaryReader], [CompactReader] and their writers are these. A [ValueCodec] is
/// what has no struct around it; package `call` puts such into the messages of methods, package
/// `validation` checks values, and package `descriptor` tells programs of types. [MessageHeader]
/// and [ApplicationError] are the header and the error of a message, and [MessageScanner] finds
/// where such a message ends. What a peer can get wrong ends in a [ThriftProtocolException] and in
/// nothing else. This package may use the link buffer, and never a transport.
package io.windhover.thrift;
