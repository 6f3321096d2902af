package io.windhover.rpc.protobuf;

import com.google.protobuf.CodedInputStream;
import io.windhover.buffer.LinkBuffer;
import java.io.InputStream;

/// Lets protobuf-java read a buffer: in place if all of it lies in one node, as most messages do,
/// and else node by node.
final class ProtobufInput extends InputStream {

  /// Levels of messages and groups, known fields or not, as protobuf-java has it by default.
  static final int MAX_DEPTH = 100;

  private final LinkBuffer in;

  private ProtobufInput(LinkBuffer in) {
    this.in = in;
  }

  /// @param in to be used only through what is returned, and dropped after; how much of it is
  ///   consumed is not said
  static CodedInputStream of(LinkBuffer in) {
    byte[] head = in.headArray();
    var input =
        in.headCount() == in.size()
            ? CodedInputStream.newInstance(head, in.headOffset(), in.headCount())
            : CodedInputStream.newInstance(new ProtobufInput(in));
    input.setRecursionLimit(MAX_DEPTH);
    return input;
  }

  @Override
  public int read() {
    return in.size() == 0 ? -1 : Byte.toUnsignedInt(in.readByte());
  }

  @Override
  public int read(byte[] target, int offset, int count) {
    if (count == 0) {
      return 0;
    }
    int read = Math.min(count, in.size());
    in.readBytes(target, offset, read);
    return read == 0 ? -1 : read;
  }

  @Override
  public long skip(long count) {
    int skipped = Math.clamp(count, 0, in.size());
    in.skip(skipped);
    return skipped;
  }

  /// Tells the decoder that it may make an array for a field without reading it piece by piece.
  @Override
  public int available() {
    return in.size();
  }
}
