package io.windhover.rpc.log;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/// Shows addresses to people, in messages and logs.
public final class AddressText {

  private AddressText() {}

  /// Returns `host:port` with the host as the user gave it, whether or not it was resolved; of
  /// another kind of address, its own text.
  public static String of(SocketAddress address) {
    return address instanceof InetSocketAddress tcp
        ? tcp.getHostString() + ":" + tcp.getPort()
        : address.toString();
  }
}
