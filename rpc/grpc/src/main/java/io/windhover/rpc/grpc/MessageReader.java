package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.codec.MalformedMessageException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Cuts the data of a stream into its messages, as [MessageWriter] draws them: they lie across DATA
/// frames as they please. For one thread at a time.
final class MessageReader {

  /// What waits is copied while it is fewer bytes and keeps more than twice as much memory, and so
  /// is a smaller piece behind it. Larger ones do so in nodes that they share with their
  /// neighbours.
  private static final int SMALL_BYTES = 8 << 10;

  private final Encoding encoding;
  private final int maxBytes;
  private final ExpansionLimit limit;
  private final IntConsumer held;
  private final LinkBuffer input = new LinkBuffer();
  private boolean wasCompressed; // the last message
  private int charged; // of the input, to what is held
  private int wireBytes; // of the last message

  /// @param encoding that the sender says it has
  /// @param maxBytes of a message, compressed or not
  /// @param limit within that, of those that come compressed
  /// @param held is told how many bytes more wait here or, below 0, fewer; throws a [GrpcException]
  ///   if the connection holds too much
  MessageReader(Encoding encoding, int maxBytes, ExpansionLimit limit, IntConsumer held) {
    this.encoding = encoding;
    this.maxBytes = maxBytes;
    this.limit = limit;
    this.held = held;
  }

  /// Adds what has arrived.
  ///
  /// @param data taken over
  void add(LinkBuffer data) {
    try (data) {
      gather(data, input);
    }
  }

  /// Appends a piece. Behind others a small one is copied: what is held is counted by its bytes,
  /// and so must not keep many times as much memory. The first is left where it is, since it is all
  /// there is as a rule.
  ///
  /// @param data empty afterwards
  static void gather(LinkBuffer data, LinkBuffer into) {
    boolean isFirst = into.size() == 0;
    int count = data.size();
    boolean isLittle = into.size() + count < SMALL_BYTES;
    if (!isFirst && !isLittle && count < SMALL_BYTES && data.memoryBytes() > 2 * count) {
      into.copy(data);
      return;
    }
    into.append(data);
    if (!isFirst && isLittle) {
      into.compact();
    }
  }

  /// Returns bytes of the next message and its prefix; 0 if it is not whole yet. Cheap: for
  /// pollers.
  ///
  /// @throws GrpcException if it is too large, which its length tells before it has come
  /// @throws MalformedMessageException if it can be none
  int wholeBytes() {
    if (input.size() < MessageWriter.PREFIX_BYTES) {
      return 0;
    }
    long length = Integer.toUnsignedLong(input.getInt(1));
    check(Byte.toUnsignedInt(input.getByte(0)), length);
    int whole = MessageWriter.PREFIX_BYTES + (int) length;
    return input.size() < whole ? 0 : whole;
  }

  /// Returns the next message, decompressed and for the caller to release; null if it is not whole
  /// yet. What is left is charged.
  ///
  /// @throws GrpcException as of [#wholeBytes] and [#charge], and if it becomes too large
  /// @throws MalformedMessageException as of [#wholeBytes], and if it cannot be decompressed
  @Nullable LinkBuffer next() {
    int whole = wholeBytes();
    if (whole == 0) {
      charge();
      return null;
    }
    wireBytes = whole;
    int flag = input.readByte();
    input.skip(Integer.BYTES);
    var message = input.slice(whole - MessageWriter.PREFIX_BYTES);
    chargeRest(message);
    wasCompressed = flag == MessageWriter.COMPRESSED;
    if (!wasCompressed) {
      return message;
    }
    try (message) {
      return encoding.decompressed(message, Math.min(maxBytes, limit.mostBytes(message.size())));
    }
  }

  /// Whether the last message came compressed.
  boolean wasCompressed() {
    return wasCompressed;
  }

  /// Returns how many bytes the last message had on the wire, its prefix included.
  int wireBytes() {
    return wireBytes;
  }

  private void check(int flag, long length) {
    if (flag > MessageWriter.COMPRESSED) {
      throw new MalformedMessageException(
          "a message with the flag %d (expected: 0 or 1)".formatted(flag));
    }
    if (flag == MessageWriter.COMPRESSED && encoding == Encoding.IDENTITY) {
      throw new MalformedMessageException("a compressed message without a grpc-encoding");
    }
    if (length > maxBytes) {
      throw new GrpcException(
          GrpcCode.RESOURCE_EXHAUSTED,
          "a message of %d bytes (limit: maxMessageBytes %d)".formatted(length, maxBytes));
    }
  }

  /// Returns bytes that have been added and are in no message yet: at the end of the stream, of one
  /// that was cut off.
  int heldBytes() {
    return input.size();
  }

  /// Charges what has been added to what the connection holds, and lets go of memory in which much
  /// else arrived. Not needed if it is whole and goes on at once.
  ///
  /// @throws GrpcException if it holds too much then
  void charge() {
    if (input.size() < SMALL_BYTES) {
      input.compact();
    }
    charge(input.size());
  }

  /// Charges what is left behind a message. Most of it is likely to be read next, and so is left
  /// where it is: where that keeps much memory, it is what counts.
  private void chargeRest(LinkBuffer message) {
    int bytes = input.size();
    int memory = bytes < SMALL_BYTES ? input.memoryBytes() : 0;
    try {
      charge(memory > 2 * bytes ? memory : bytes);
    } catch (GrpcException e) {
      message.release();
      throw e;
    }
  }

  private void charge(int bytes) {
    int more = bytes - charged;
    if (more == 0) {
      return;
    }
    charged = bytes;
    held.accept(more);
  }

  /// Takes the charge back: somebody else counts it from now on.
  void refund() {
    charge(0);
  }

  void release() {
    refund();
    input.release();
  }
}
