package io.windhover.interop;

import io.windhover.rpc.Protocol;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.grpc.GrpcClientTransport;
import java.util.Locale;

/// How calls travel between two peers.
enum Transport {
  BUFFERED(Protocol.BUFFERED),
  FRAMED(Protocol.FRAMED),
  TTHEADER(Protocol.TTHEADER),
  TTHEADER_FRAMED(Protocol.TTHEADER_FRAMED),
  /// Many calls at a time on one connection; a Kitex server serves nothing else then.
  TTHEADER_MUX(Protocol.TTHEADER_FRAMED, "-mux"),
  /// Requests and replies with a checksum of their payloads.
  TTHEADER_CHECKED(Protocol.TTHEADER_FRAMED, "-checked"),
  /// Of Thrift as Kitex has it, and of Protobuf as all have it.
  GRPC(Protocol.FRAMED);

  private final Protocol protocol; // not of GRPC
  private final String[] serverFlags;

  Transport(Protocol protocol, String... serverFlags) {
    this.protocol = protocol;
    this.serverFlags = serverFlags;
  }

  /// The name in the Kitex programs.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean isTTHeader() {
    return protocol == Protocol.TTHEADER || protocol == Protocol.TTHEADER_FRAMED;
  }

  /// What a Kitex server needs to be told to serve it; ours serves all, and sums when it should.
  String[] serverFlags() {
    return serverFlags.clone();
  }

  /// Has a client use it.
  ClientBuilder of(ClientBuilder client) {
    if (this == GRPC) {
      return client.transport(GrpcClientTransport.create());
    }
    client.protocol(protocol);
    return switch (this) {
      case TTHEADER_MUX -> client.multiplexed(1);
      case TTHEADER_CHECKED -> client.checksums(true);
      case BUFFERED, FRAMED, TTHEADER, TTHEADER_FRAMED, GRPC -> client;
    };
  }
}
