package io.windhover.fuzz;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.hpack.HeaderDecoder;
import io.windhover.http2.hpack.HeaderEncoder;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.http2.hpack.HeaderLimits;
import io.windhover.http2.hpack.HpackException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Header blocks of one connection, a byte with its length before each. They are the same lists
/// whether they lie in one piece or in many; no list is over the limits; the connection ends with
/// an exception that says so; and what was read is written, and read again as the same.
public final class HpackTarget {
  private static final HeaderLimits LIMITS = new HeaderLimits(256, 512, 10);
  private static final int PIECE = 3; // bytes of a node of a buffer in pieces

  private HpackTarget() {}

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) {
    var whole = new HeaderDecoder(LIMITS);
    var pieces = new HeaderDecoder(LIMITS);
    var encoder = new HeaderEncoder(LIMITS.tableBytes());
    var again = new HeaderDecoder(LIMITS);
    for (int start = 0; start < input.length; ) {
      int from = start + 1;
      int to = Math.min(from + Byte.toUnsignedInt(input[start]), input.length);
      var block = Arrays.copyOfRange(input, from, to);
      var list = read(whole, LinkBuffer.wrap(block));
      requireSame(list, read(pieces, inPieces(block)));
      if (!list.error.isEmpty()) {
        return; // the connection ends
      }
      check(list);
      encoder.peerTableBytes(block.length); // now and then another
      requireSameTexts(list.fields, read(again, write(encoder, list.fields)).fields);
      start = to;
    }
  }

  /// @param error why the connection ends, empty if it does not
  private record Outcome(List<HeaderField> fields, boolean isWithinLimits, String error) {}

  private static Outcome read(HeaderDecoder decoder, LinkBuffer block) {
    var fields = new ArrayList<HeaderField>();
    try (block) {
      boolean isWithinLimits = decoder.decode(block, block.size(), fields::add);
      return new Outcome(fields, isWithinLimits, "");
    } catch (HpackException e) {
      return new Outcome(fields, false, String.valueOf(e.getMessage()));
    }
  }

  private static LinkBuffer inPieces(byte[] bytes) {
    var buffer = new LinkBuffer();
    for (int i = 0; i < bytes.length; i += PIECE) {
      buffer.append(
          LinkBuffer.wrap(Arrays.copyOfRange(bytes, i, Math.min(i + PIECE, bytes.length))));
    }
    return buffer;
  }

  private static LinkBuffer write(HeaderEncoder encoder, List<HeaderField> fields) {
    var out = new LinkBuffer();
    encoder.encode(fields, out);
    return out;
  }

  private static void check(Outcome list) {
    int bytes = list.fields.stream().mapToInt(HeaderField::size).sum();
    if (bytes > LIMITS.listBytes() || list.fields.size() > LIMITS.fields()) {
      throw new IllegalStateException(list.fields.size() + " fields of " + bytes + " bytes");
    }
  }

  /// Names that are secret to us make their fields so.
  private static void requireSameTexts(List<HeaderField> read, List<HeaderField> again) {
    requireSame(read.size(), again.size());
    for (int i = 0; i < read.size(); i++) {
      requireSame(read.get(i).name(), again.get(i).name());
      requireSame(read.get(i).value(), again.get(i).value());
      if (read.get(i).neverIndexed() && !again.get(i).neverIndexed()) {
        throw new IllegalStateException("no secret any more: " + read.get(i));
      }
    }
  }

  private static void requireSame(Object read, Object again) {
    if (!read.equals(again)) {
      throw new IllegalStateException(read + " and then " + again);
    }
  }
}
