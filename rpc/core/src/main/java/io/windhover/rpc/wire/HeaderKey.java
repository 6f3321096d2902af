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

  /// int key: the method that the caller was handling when it called.
  public static final int FROM_METHOD = 20;

  /// int key: the Thrift message type in decimal.
  public static final int MESSAGE_TYPE = 22;

  /// int key: what a frame of a stream is, `1` to `5`; see [FrameType].
  public static final int FRAME_TYPE = 27;

  /// string key: the IDL service called, by which a port with several services chooses.
  public static final String IDL_SERVICE = "isn";

  /// string key: the server is about to close this connection. Its presence is what counts.
  public static final String CONNECTION_CLOSING = "crrst";

  /// string key: the checksum of the payload; see [PayloadChecksum].
  static final String CHECKSUM = "crc32c";

  /// string key: how the payload is compressed; see [PayloadCompression].
  static final String ENCODING = "wh-encoding";

  /// string key: which compressed payloads the sender reads.
  static final String ACCEPT_ENCODING = "wh-accept-encoding";

  /// string keys with this in front: metadata for the next server only.
  static final String TRANSIENT = "RPC_TRANSIT_";

  /// string keys with this in front: the same, already used by a server before.
  static final String UPSTREAM = "RPC_TRANSIT_UPSTREAM_";

  /// string keys with this in front: metadata for all servers along the chain.
  static final String PERSISTENT = "RPC_PERSIST_";

  /// string key: a business status in decimal, other than 0.
  static final String BUSINESS_STATUS = "biz-status";

  /// string key: its text.
  static final String BUSINESS_MESSAGE = "biz-message";

  /// string key: what else it says, a JSON object of strings.
  static final String BUSINESS_EXTRA = "biz-extra";

  /// string key of a frame that resets a stream: the names of the services through which the
  /// cancelling went, the first one first, with commas between.
  public static final String CANCEL_PATH = "ttscp";

  /// string key of ours: bytes of messages that the sender lets come on this stream, in decimal. In
  /// the header that opens a stream it says, too, that the client knows about it.
  public static final String WINDOW = "wh-window";

  private HeaderKey() {}
}
