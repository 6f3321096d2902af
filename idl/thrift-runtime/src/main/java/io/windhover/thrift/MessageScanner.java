package io.windhover.thrift;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.ThriftProtocolException.Code;

/// Finds the end of a message that no frame tells the length of: a [MessageHeader] and one struct.
///
/// Each byte is looked at once, however the bytes arrive. One per connection: when it has found the
/// end of a message it expects the next one. When it throws, the connection can not be read any
/// further.
public final class MessageScanner {

  private static final int VERSION_BYTES = 2;
  private static final int NAME_AT = 8;
  private static final int SEQUENCE_ID_BYTES = 4;

  /// The reader, who comes next, counts structs only. So that it has the last word, containers get
  /// room between them.
  private static final int MAX_LEVELS = 4 * ValueScanner.MAX_DEPTH;

  private final int maxMessageBytes;
  private final ValueScanner struct;
  private boolean inStruct;

  /// @param maxMessageBytes the longest message that is read
  public MessageScanner(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
    this.struct = new ValueScanner(MAX_LEVELS, Code.SIZE_LIMIT);
  }

  /// Returns the size of the message at the head of `input`, or 0 if it is not all there. Until the
  /// size is returned, bytes may be added to `input` and none taken.
  ///
  /// @throws ThriftProtocolException if it is no message, nests too deeply or is too long
  public int messageBytes(LinkBuffer input) {
    if (!inStruct && !passHeader(input)) {
      return 0;
    }
    if (!struct.advance(input)) {
      return 0;
    }
    inStruct = false;
    return struct.offset();
  }

  private boolean passHeader(LinkBuffer input) {
    int available = input.size();
    if (available >= VERSION_BYTES) {
      MessageHeader.checkVersion(input.getShort(0));
    }
    if (available < NAME_AT) {
      return false;
    }
    int nameBytes = MessageHeader.checkNameBytes(input.getInt(NAME_AT - Integer.BYTES));
    int structAt = NAME_AT + nameBytes + SEQUENCE_ID_BYTES;
    struct.begin(ThriftType.STRUCT, 0, structAt, maxMessageBytes);
    inStruct = true;
    return true;
  }
}
