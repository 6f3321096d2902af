/// gRPC over HTTP/2, behind the same clients, servers, handlers and middleware as all else.
///
/// Start at [GrpcTransport] for a server, at [GrpcClientTransport] for a client. A method travels
/// as its codec says: one of Protobuf as gRPC has it, one of Thrift as Kitex has it. What leaves
/// and arrives, byte by byte and header by header, is in `docs/wire/grpc.md`. Knows no service and
/// no generated code.
package io.windhover.rpc.grpc;
