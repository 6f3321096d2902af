package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Protocols that reach an RPC port by mistake, recognised by their first bytes so that the error
/// can name them.
enum ForeignProtocol {
  TLS("TLS; this connection is plain"),
  HTTP("an HTTP/1 request"),
  HTTP_RESPONSE("an HTTP/1 response"),
  HTTP2("HTTP/2, such as gRPC");

  /// What an HTTP/2 server says first: type, flags and the begin of the stream's number, 0.
  private static final int HTTP2_SETTINGS = 0x04;

  private static final int HTTP2_SETTING_BYTES = 6;

  private static final int TLS_ALERT = 0x1503; // record type, then the version's first byte
  private static final int TLS_HANDSHAKE = 0x1603;
  private static final Set<String> HTTP_METHODS =
      Set.of("GET ", "POST", "PUT ", "HEAD", "DELE", "OPTI", "PATC", "CONN", "TRAC");

  private final String description;

  ForeignProtocol(String description) {
    this.description = description;
  }

  /// @param in at least 4 readable bytes; 6 to recognise a server of HTTP/2
  static @Nullable ForeignProtocol of(LinkBuffer in) {
    int head = in.getInt(0);
    if (head >>> 16 == TLS_HANDSHAKE || head >>> 16 == TLS_ALERT) {
      return TLS;
    }
    if (isHttp2Settings(in, head)) {
      return HTTP2;
    }
    var text = new String(new char[] {ch(head >>> 24), ch(head >>> 16), ch(head >>> 8), ch(head)});
    if (text.equals("PRI ")) {
      return HTTP2;
    }
    if (text.equals("HTTP")) {
      return HTTP_RESPONSE;
    }
    return HTTP_METHODS.contains(text) ? HTTP : null;
  }

  /// Refuses what one of these protocols begins with, on a connection where TTHeader is due; none
  /// of them begins as a frame of that can.
  ///
  /// @param in of any size
  /// @throws WireException that names the protocol
  static void refuse(LinkBuffer in) {
    var foreign = in.size() < Integer.BYTES ? null : of(in);
    if (foreign != null) {
      throw WireException.foreign(foreign);
    }
  }

  private static boolean isHttp2Settings(LinkBuffer in, int head) {
    return (head & 0xFF) == HTTP2_SETTINGS
        && (head >>> 8) % HTTP2_SETTING_BYTES == 0
        && in.size() >= Integer.BYTES + Short.BYTES
        && in.getShort(Integer.BYTES) == 0;
  }

  private static char ch(int bits) {
    return (char) (bits & 0xFF);
  }

  @Override
  public String toString() {
    return description;
  }
}
