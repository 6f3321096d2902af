package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.StreamException;
import io.windhover.rpc.transport.NotServedException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/// What is on the other side of a client's connection, by its first bytes.
///
/// Whoever does not speak HTTP/2 either says something else first, closes the connection for the
/// client's preface, or waits for more of it. A proxy closes it, too, if its servers are away.
enum GrpcClientPeer {
  /// Nothing has come yet.
  SILENT(
      "the server closed the connection before it said a word of HTTP/2",
      "Does it speak gRPC on this port? A server of Thrift alone does so, one that wants TLS if"
          + " this client has no tls(...), and a proxy whose servers are away"),
  /// Nothing but an end of TLS: what a client's certificate is worth comes last in a handshake.
  REFUSES_TLS(
      "the server ended TLS before it said a word of HTTP/2",
      "If it asks its clients for certificates, give the TlsCredentials of this one a key(...) that"
          + " it trusts"),
  HTTP2("", "Does it speak gRPC on this port?"),
  HTTP1(
      "the server answers in HTTP/1",
      "It has to speak HTTP/2 without being asked in HTTP/1 first: is this its port for gRPC?"),
  TLS("the server speaks TLS and this client does not", "Give the client tls(...)"),
  THRIFT(
      "the server answers in Thrift's protocol",
      "Is this its port for gRPC? If it serves Thrift alone, leave transport(...) out");

  private static final String LATE =
      "the server took the connection and did not say a word of HTTP/2 in time";
  private static final String LATE_HINT =
      "Does it speak gRPC on this port? A server of something else may wait for more of that, and"
          + " so may one that wants TLS if this client has no tls(...); or it hangs, or is too"
          + " busy";

  private static final int TLS_ALERT = 0x1503; // record type, then the version's first byte
  private static final int TLS_HANDSHAKE = 0x1603;
  private static final int HTTP = 0x4854_5450; // "HTTP"
  private static final int THRIFT_VERSION = (short) 0x8001;
  private static final int TTHEADER_MAGIC = 0x1000;
  private static final int PREFIX_BYTES = 9; // of a frame of HTTP/2

  private final String what;
  private final String hint;

  GrpcClientPeer(String what, String hint) {
    this.what = what;
    this.hint = hint;
  }

  /// @param input what has arrived first
  /// @return null if that is too little to tell
  static @Nullable GrpcClientPeer of(LinkBuffer input) {
    int size = input.size();
    int head = size < Short.BYTES ? 0 : input.getShort(0);
    if (head == TLS_ALERT || head == TLS_HANDSHAKE) {
      return TLS;
    }
    if (head == THRIFT_VERSION) {
      return THRIFT;
    }
    if (size >= Integer.BYTES && input.getInt(0) == HTTP) {
      return HTTP1;
    }
    if (size >= Integer.BYTES + Short.BYTES && isThrift(input.getShort(Integer.BYTES))) {
      return THRIFT;
    }
    return size < PREFIX_BYTES ? null : HTTP2;
  }

  /// In a frame, behind its length.
  private static boolean isThrift(int magic) {
    return magic == THRIFT_VERSION || magic == TTHEADER_MAGIC;
  }

  /// Whether gRPC is not spoken there.
  boolean isForeign() {
    return this != SILENT && this != HTTP2;
  }

  /// Returns what is wrong.
  String what() {
    return what;
  }

  /// Returns what to tell who dials.
  ///
  /// @param end of the connection, before the server's settings came
  NotServedException notServed(StreamException end) {
    return new NotServedException(this == HTTP2 ? GrpcClientFailure.text(end) : what, hint);
  }

  /// The same if they have not come in time.
  static SocketTimeoutException late() {
    var late = new SocketTimeoutException(LATE);
    late.initCause(new NotServedException(LATE, LATE_HINT));
    return late;
  }
}
