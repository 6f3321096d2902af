package io.windhover.rpc.wire;

/// Keys of a TTHeader that we read or write; all others are kept and ignored. Source:
/// cloudwego/gopkg, `protocol/ttheader`; `docs/wire/ttheader.md`.
public final class HeaderKey {

  /// int key: `framed` or `unframed`, the form of the payload.
  public static final int TRANSPORT_TYPE = 1;

  /// int key: the caller's own name.
  public static final int FROM_SERVICE = 3;

  /// int key: the IDL service called.
  public static final int TO_SERVICE = 6;

  /// int key: the method called.
  public static final int TO_METHOD = 9;

  /// int key: what is left of the caller's timeout, milliseconds in decimal.
  public static final int RPC_TIMEOUT = 12;

  /// int key: the Thrift message type in decimal.
  public static final int MESSAGE_TYPE = 22;

  /// string key: the IDL service called, by which a port with several services chooses.
  public static final String IDL_SERVICE = "isn";

  /// string key: the server is about to close this connection. Its presence is what counts.
  public static final String CONNECTION_CLOSING = "crrst";

  private HeaderKey() {}
}
