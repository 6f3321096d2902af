package io.windhover.http2.hpack;

import static io.windhover.http2.hpack.Blocks.decode;
import static io.windhover.http2.hpack.Blocks.encode;
import static io.windhover.http2.hpack.Blocks.hex;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.windhover.http2.hpack.HpackException.Code;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map.Entry;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// HPACK of Netty 4.2 beside ours: each reads what the other writes, and what one refuses, so does
/// the other.
final class NettyDifferenceTest {

  private static final int STREAM = 1;
  private static final int LIST_BYTES = 1_000; // so that some are over it
  private static final HeaderLimits LIMITS = new HeaderLimits(4_096, LIST_BYTES, 10_000);

  private static final String TOO_LARGE = "too large";
  private static final String EXCESSIVE = "excessive";
  private static final String MALFORMED = "malformed";
  private static final String THREE_UPDATES = "three updates";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void nettyReadsWhatWeWrite(long seed) throws Http2Exception {
    var random = new Random(seed);
    var lists = new RandomLists(random);
    var encoder = new HeaderEncoder(4_096);
    var netty = nettyDecoder(1 << 20);
    for (int i = 0; i < 300; i++) {
      if (random.nextInt(20) == 0) {
        encoder.peerTableBytes(random.nextInt(5_000));
      }
      var list = lists.next();

      var read = netty.decodeHeaders(STREAM, Unpooled.wrappedBuffer(encode(encoder, list)));

      assertThat(texts(read)).as("list %d", i).isEqualTo(texts(list));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void weReadWhatNettyWrites(long seed) throws Http2Exception {
    var random = new Random(seed);
    var lists = new RandomLists(random);
    var netty = nettyEncoder();
    var decoder = new HeaderDecoder(new HeaderLimits(4_096, 1 << 20, 1_000));
    for (int i = 0; i < 300; i++) {
      if (random.nextInt(20) == 0) {
        netty.configuration().maxHeaderTableSize(random.nextInt(4_097));
      }
      var list = lists.next();

      assertThat(texts(decode(decoder, nettyBlock(netty, list)).fields()))
          .as("list %d", i)
          .isEqualTo(texts(list));
    }
  }

  /// Good blocks of either with some octets changed, cut out or put in, on connections whose tables
  /// have something in them.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void bothTakeTheSameDamagedBlocks(long seed) throws Http2Exception {
    var random = new Random(seed);
    var lists = new RandomLists(random);
    for (int i = 0; i < 2_000; i++) {
      var encoder = new HeaderEncoder(4_096);
      var nettyEncoder = nettyEncoder();
      boolean isNetty = random.nextBoolean();
      var first = lists.next();
      var good = isNetty ? nettyBlock(nettyEncoder, first) : encode(encoder, first);
      var second = random.nextBoolean() ? first : lists.next();
      var bad = isNetty ? nettyBlock(nettyEncoder, second) : encode(encoder, second);

      assertSame(good, damage(bad, random));
    }
  }

  private static byte[] damage(byte[] block, Random random) {
    var bytes = Arrays.copyOf(block, block.length + random.nextInt(3));
    for (int left = random.nextInt(4); left >= 0 && bytes.length > 0; left--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) (random.nextInt(8) << 5 | 0x1f);
        default -> bytes = Arrays.copyOf(bytes, at);
      }
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void bothTakeTheSameBlocksOfAnyPieces(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      assertSame(pieces(random), pieces(random));
    }
  }

  /// Pieces that are right more often than not.
  private static byte[] pieces(Random random) {
    var pieces = new ByteArrayOutputStream();
    for (int left = random.nextInt(8); left > 0; left--) {
      switch (random.nextInt(6)) {
        case 0 -> pieces.write(0x80 | random.nextInt(68)); // a field of a table
        case 1 -> pieces.writeBytes(new byte[] {0x40, 1, 'a', 1, (byte) random.nextInt(256)});
        case 2 -> pieces.write(0x20 | random.nextInt(32)); // a small table
        case 3 -> { // a long integer
          pieces.write(new int[] {0xff, 0x7f, 0x3f, 0x1f, 0x0f}[random.nextInt(5)]);
          for (int more = random.nextInt(6); more > 0; more--) {
            pieces.write(0x80 | random.nextInt(128));
          }
          pieces.write(random.nextInt(128));
        }
        default -> { // a name of a table, and a value
          pieces.write(random.nextInt(0x80));
          int length = random.nextInt(6);
          pieces.write(random.nextInt(2) << 7 | length);
          for (int more = length; more > 0; more--) {
            pieces.write(random.nextInt(4) == 0 ? 0xff : random.nextInt(256));
          }
        }
      }
    }
    return pieces.toByteArray();
  }

  @Test
  void bothAskForTheSizeOnceASmallerTableIsAcknowledged() throws Http2Exception {
    for (var block : List.of("82", "3f46 82", "3f45 82", "20 82", "20 3f46 82")) {
      var decoder = new HeaderDecoder(new HeaderLimits(100, LIST_BYTES, 100));
      var netty = nettyDecoder(LIST_BYTES);

      decoder.tableBytesAcknowledged();
      netty.configuration().maxHeaderTableSize(100);

      assertThat(outcome(decoder, hex(block))).as(block).isEqualTo(outcome(netty, hex(block)));
    }
  }

  /// Two blocks of one connection have the same outcome here and there. Intended differences: we
  /// take two updates of the table's size in a block, Netty any number; and we end a connection at
  /// four times the limit of a list, where Netty reads on and may find something worse.
  private static void assertSame(byte[] first, byte[] second) {
    var decoder = new HeaderDecoder(LIMITS);
    var netty = nettyDecoder(LIST_BYTES);
    for (var block : List.of(first, second)) {
      var ours = outcome(decoder, block);
      var theirs = outcome(netty, block);
      if (ours.equals(THREE_UPDATES) || ours.equals(EXCESSIVE) && !(theirs instanceof List)) {
        return;
      }
      assertThat(ours).as(HexFormat.of().formatHex(block)).isEqualTo(theirs);
      if (ours.equals(MALFORMED)) {
        return; // the tables are anything now
      }
    }
  }

  private static Object outcome(HeaderDecoder decoder, byte[] block) {
    try {
      var decoded = decode(decoder, block);
      return decoded.isWithinLimits() ? texts(decoded.fields()) : TOO_LARGE;
    } catch (HpackException e) {
      if (e.code() == Code.ENHANCE_YOUR_CALM) {
        return EXCESSIVE;
      }
      return e.getMessage().endsWith("more than two in a block") ? THREE_UPDATES : MALFORMED;
    }
  }

  private static Object outcome(DefaultHttp2HeadersDecoder decoder, byte[] block) {
    try {
      return texts(decoder.decodeHeaders(STREAM, Unpooled.wrappedBuffer(block)));
    } catch (Http2Exception.HeaderListSizeException _) {
      return TOO_LARGE;
    } catch (Http2Exception _) {
      return MALFORMED;
    }
  }

  // ---- Netty

  private static DefaultHttp2HeadersDecoder nettyDecoder(int listBytes) {
    return new DefaultHttp2HeadersDecoder(false, listBytes);
  }

  private static DefaultHttp2HeadersEncoder nettyEncoder() {
    return new DefaultHttp2HeadersEncoder((name, _) -> name.length() == 2);
  }

  private static byte[] nettyBlock(DefaultHttp2HeadersEncoder encoder, List<HeaderField> list)
      throws Http2Exception {
    var headers = new DefaultHttp2Headers(false);
    list.forEach(it -> headers.add(ascii(it.name()), ascii(it.value())));
    ByteBuf out = Unpooled.buffer();
    encoder.encodeHeaders(STREAM, headers, out);
    var bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  private static AsciiString ascii(String text) {
    return new AsciiString(text.getBytes(ISO_8859_1), false);
  }

  private static List<HeaderField> texts(Http2Headers headers) {
    return texts(
        StreamSupport.stream(headers.spliterator(), false)
            .map(NettyDifferenceTest::field)
            .toList());
  }

  private static HeaderField field(Entry<CharSequence, CharSequence> entry) {
    return new HeaderField(entry.getKey().toString(), entry.getValue().toString());
  }

  /// Names and values, the pseudo-header fields first, as Netty has them in whatever order they
  /// come.
  private static List<HeaderField> texts(List<HeaderField> fields) {
    return Stream.of(true, false)
        .flatMap(isPseudo -> fields.stream().filter(it -> it.name().startsWith(":") == isPseudo))
        .map(it -> new HeaderField(it.name(), it.value()))
        .toList();
  }
}
