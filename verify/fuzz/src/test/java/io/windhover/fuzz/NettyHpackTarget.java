package io.windhover.fuzz;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.hpack.HeaderDecoder;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.http2.hpack.HeaderLimits;
import io.windhover.http2.hpack.HpackException;
import io.windhover.http2.hpack.HpackException.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The header blocks of [HpackTarget], read by Netty beside us: both have the same lists, or refuse
/// the same blocks. One difference is meant: we end a connection at four times the limit of a list,
/// where Netty reads on and may find something worse. Blocks that begin with an update of the
/// table's size are left out: some send Netty 4.2.18 round a loop for ever.
public final class NettyHpackTarget {
  private static final int LIST_BYTES = 512;
  private static final HeaderLimits LIMITS = new HeaderLimits(4_096, LIST_BYTES, 10_000);
  private static final int STREAM = 1;

  private static final String TOO_LARGE = "too large";
  private static final String EXCESSIVE = "excessive";
  private static final String MALFORMED = "malformed";
  private static final int UPDATE_MASK = 0xe0;
  private static final int UPDATE = 0x20;

  private NettyHpackTarget() {}

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) {
    var decoder = new HeaderDecoder(LIMITS);
    var netty = new DefaultHttp2HeadersDecoder(false, LIST_BYTES);
    for (int start = 0; start < input.length; ) {
      int from = start + 1;
      int to = Math.min(from + Byte.toUnsignedInt(input[start]), input.length);
      var block = Arrays.copyOfRange(input, from, to);
      if (block.length > 0 && (block[0] & UPDATE_MASK) == UPDATE) {
        return;
      }
      var ours = read(decoder, block);
      var theirs = read(netty, block);
      if (ours.equals(EXCESSIVE) && !(theirs instanceof List)) {
        return;
      }
      if (!ours.equals(theirs)) {
        throw new IllegalStateException("ours: " + ours + ", Netty's: " + theirs);
      }
      if (ours.equals(MALFORMED)) {
        return; // the connection ends
      }
      start = to;
    }
  }

  private static Object read(HeaderDecoder decoder, byte[] block) {
    var fields = new ArrayList<HeaderField>();
    try (var in = LinkBuffer.wrap(block)) {
      return decoder.decode(in, in.size(), fields::add) ? texts(fields) : TOO_LARGE;
    } catch (HpackException e) {
      return e.code() == Code.ENHANCE_YOUR_CALM ? EXCESSIVE : MALFORMED;
    }
  }

  private static Object read(DefaultHttp2HeadersDecoder decoder, byte[] block) {
    var fields = new ArrayList<HeaderField>();
    try {
      for (var field : decoder.decodeHeaders(STREAM, Unpooled.wrappedBuffer(block))) {
        fields.add(new HeaderField(field.getKey().toString(), field.getValue().toString()));
      }
      return texts(fields);
    } catch (Http2Exception.HeaderListSizeException _) {
      return TOO_LARGE;
    } catch (Http2Exception _) {
      return MALFORMED;
    }
  }

  /// Names and values, the pseudo-header fields first, as Netty has them in whatever order they
  /// come.
  private static List<List<String>> texts(List<HeaderField> fields) {
    return Stream.of(true, false)
        .flatMap(isPseudo -> fields.stream().filter(it -> it.name().startsWith(":") == isPseudo))
        .map(it -> List.of(it.name(), it.value()))
        .toList();
  }
}
