package io.windhover.conformance;

import io.windhover.rpc.Protocol;
import io.windhover.rpc.client.ClientBuilder;

/// How a client's calls travel: each has a connection for itself, or all share one.
public enum Transport {
  FRAMED(Protocol.FRAMED, false),
  TTHEADER(Protocol.TTHEADER, false),
  MUX(Protocol.TTHEADER, true);

  private final Protocol protocol;
  private final boolean sharesConnections;

  Transport(Protocol protocol, boolean sharesConnections) {
    this.protocol = protocol;
    this.sharesConnections = sharesConnections;
  }

  /// Whether a server that stops can tell a client to go elsewhere.
  public boolean tells() {
    return protocol == Protocol.TTHEADER;
  }

  boolean sharesConnections() {
    return sharesConnections;
  }

  public ClientBuilder of(ClientBuilder client) {
    client.protocol(protocol);
    return sharesConnections ? client.multiplexed(1) : client;
  }
}
