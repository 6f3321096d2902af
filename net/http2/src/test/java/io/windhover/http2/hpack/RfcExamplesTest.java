package io.windhover.http2.hpack;

import static io.windhover.http2.hpack.Blocks.decode;
import static io.windhover.http2.hpack.Blocks.decodeByBytes;
import static io.windhover.http2.hpack.Blocks.encode;
import static io.windhover.http2.hpack.Blocks.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The examples of RFC 7541, appendix C. Those of C.3 and C.5 have the lists of C.4 and C.6 without
/// the Huffman code, which our encoder always uses where it is shorter; C.6.2 has it where it is
/// not.
final class RfcExamplesTest {

  private static final HeaderField GET = new HeaderField(":method", "GET");
  private static final HeaderField HTTP = new HeaderField(":scheme", "http");
  private static final HeaderField HTTPS = new HeaderField(":scheme", "https");
  private static final HeaderField ROOT = new HeaderField(":path", "/");
  private static final HeaderField INDEX = new HeaderField(":path", "/index.html");
  private static final HeaderField AUTHORITY = new HeaderField(":authority", "www.example.com");
  private static final HeaderField NO_CACHE = new HeaderField("cache-control", "no-cache");
  private static final HeaderField CUSTOM = new HeaderField("custom-key", "custom-value");

  private static final HeaderField PRIVATE = new HeaderField("cache-control", "private");
  private static final HeaderField DATE = new HeaderField("date", "Mon, 21 Oct 2013 20:13:21 GMT");
  private static final HeaderField LATER = new HeaderField("date", "Mon, 21 Oct 2013 20:13:22 GMT");
  private static final HeaderField LOCATION =
      new HeaderField("location", "https://www.example.com");
  private static final HeaderField GZIP = new HeaderField("content-encoding", "gzip");
  private static final HeaderField COOKIE =
      new HeaderField("set-cookie", "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1");

  /// A table of 256 bytes, which the examples of responses take as agreed.
  private static final String SIZE_256 = "3fe101";

  record Block(String hex, List<HeaderField> fields) {}

  private static final String C_6_2 = "4883 640eff c1c0bf";

  /// @param isWritten whether our encoder writes the same bytes
  record Sample(String name, boolean isWritten, List<Block> blocks) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<List<HeaderField>> REQUESTS =
      List.of(
          List.of(GET, HTTP, ROOT, AUTHORITY),
          List.of(GET, HTTP, ROOT, AUTHORITY, NO_CACHE),
          List.of(GET, HTTPS, INDEX, AUTHORITY, CUSTOM));

  private static final List<List<HeaderField>> RESPONSES =
      List.of(
          List.of(status("302"), PRIVATE, DATE, LOCATION),
          List.of(status("307"), PRIVATE, DATE, LOCATION),
          List.of(status("200"), PRIVATE, LATER, LOCATION, GZIP, COOKIE));

  private static HeaderField status(String status) {
    return new HeaderField(":status", status);
  }

  static Stream<Sample> samples() {
    return Stream.of(
        single(
            "C.2.1 literal, added",
            "400a 637573746f6d2d6b6579 0d 637573746f6d2d686561646572",
            new HeaderField("custom-key", "custom-header"),
            false),
        single(
            "C.2.2 literal, not added",
            "040c 2f73616d706c652f70617468",
            new HeaderField(":path", "/sample/path"),
            false),
        single(
            "C.2.3 literal, never indexed",
            "1008 70617373776f7264 06 736563726574",
            new HeaderField("password", "secret", true),
            false),
        single("C.2.4 indexed", "82", GET, true),
        sample(
            "C.3 requests",
            false,
            REQUESTS,
            "828684410f 7777772e6578616d706c652e636f6d",
            "828684be5808 6e6f2d6361636865",
            "828785bf400a 637573746f6d2d6b6579 0c 637573746f6d2d76616c7565"),
        sample(
            "C.4 requests in Huffman code",
            true,
            REQUESTS,
            "828684418c f1e3c2e5f23a6ba0ab90f4ff",
            "828684be5886 a8eb10649cbf",
            "828785bf4088 25a849e95ba97d7f 89 25a849e95bb8e8b4bf"),
        sample(
            "C.5 responses",
            false,
            RESPONSES,
            SIZE_256
                + "4803 333032 5807 70726976617465 611d"
                + "4d6f6e2c203231204f637420323031332032303a31333a323120474d54"
                + "6e17 68747470733a2f2f7777772e6578616d706c652e636f6d",
            "4803 333037 c1c0bf",
            "88c1611d 4d6f6e2c203231204f637420323031332032303a31333a323220474d54"
                + "c05a04 677a6970 7738"
                + "666f6f3d4153444a4b48514b425a584f5157454f50495541585157454f49553b"
                + "206d61782d6167653d333630303b2076657273696f6e3d31"),
        sample(
            "C.6 responses in Huffman code",
            true,
            RESPONSES,
            SIZE_256
                + "4882 6402 5885 aec3771a4b 6196 d07abe941054d444a8200595040b8166e082a62d1bff"
                + "6e91 9d29ad171863c78f0b97c8e9ae82ae43d3",
            C_6_2,
            "88c16196 d07abe941054d444a8200595040b8166e084a62d1bff c05a83 9bd9ab"
                + "77ad 94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f"
                + "9587316065c003ed4ee5b1063d5007"));
  }

  private static Sample single(String name, String hex, HeaderField field, boolean isWritten) {
    return new Sample(name, isWritten, List.of(new Block(hex, List.of(field))));
  }

  private static Sample sample(
      String name, boolean isWritten, List<List<HeaderField>> lists, String... hex) {
    var blocks = new ArrayList<Block>();
    for (int i = 0; i < hex.length; i++) {
      blocks.add(new Block(hex[i], lists.get(i)));
    }
    return new Sample(name, isWritten, blocks);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsThem(Sample sample) {
    var decoder = new HeaderDecoder(HeaderLimits.HTTP);

    for (var block : sample.blocks) {
      assertThat(decode(decoder, hex(block.hex)).fields()).isEqualTo(block.fields);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsThemFromNodesOfOneByte(Sample sample) {
    var decoder = new HeaderDecoder(HeaderLimits.HTTP);

    for (var block : sample.blocks) {
      assertThat(decodeByBytes(decoder, hex(block.hex)).fields()).isEqualTo(block.fields);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writesThem(Sample sample) {
    int tableBytes = sample.name.contains("responses") ? 256 : 4_096;
    var encoder =
        new HeaderEncoder(tableBytes, it -> it.neverIndexed() ? Indexing.NEVER : Indexing.ADDED);
    var decoder = new HeaderDecoder(HeaderLimits.HTTP);

    for (var block : sample.blocks) {
      var written = encode(encoder, block.fields);

      assertThat(decode(decoder, written).fields()).isEqualTo(block.fields);
      if (sample.isWritten && !block.hex.equals(C_6_2)) {
        assertThat(written).isEqualTo(hex(block.hex));
      } else {
        assertThat(written).hasSizeLessThanOrEqualTo(hex(block.hex).length);
      }
    }
  }
}
