package io.windhover.rpc.client;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/// Reads the text form of an address.
final class Addresses {

  private static final String UNIX = "unix:";

  private Addresses() {}

  /// Resolves nothing: each dial does.
  ///
  /// @throws IllegalArgumentException if `text` is neither `host:port` nor `unix:/path`
  static SocketAddress parse(String text) {
    if (text.startsWith(UNIX)) {
      if (text.length() == UNIX.length()) {
        throw malformed(text);
      }
      return UnixDomainSocketAddress.of(text.substring(UNIX.length()));
    }
    int colon = text.lastIndexOf(':');
    if (colon <= 0 || text.indexOf('/') >= 0) { // a slash is in URLs and paths, in no host's name
      throw malformed(text);
    }
    var host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      return InetSocketAddress.createUnresolved(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) { // not a number, or not a port
      throw malformed(text);
    }
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "address: \"" + text + "\" (expected: host:port or unix:/path/to/socket)");
  }
}
