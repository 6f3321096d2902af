package io.windhover.http2.hpack;

import static io.windhover.http2.hpack.Blocks.decode;
import static io.windhover.http2.hpack.Blocks.encode;
import static io.windhover.http2.hpack.Blocks.encodeToHex;
import static io.windhover.http2.hpack.Blocks.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.hpack.Blocks.Decoded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderEncoderTest {

  private static final HeaderField AB = new HeaderField("a", "b");
  private static final HeaderField CD = new HeaderField("c", "d");

  private final HeaderEncoder encoder = new HeaderEncoder(4_096);

  @Test
  void writesAByteForEachFieldThatWasSentBefore() {
    var request =
        List.of(
            new HeaderField(":method", "POST"),
            new HeaderField(":scheme", "http"),
            new HeaderField(":path", "/orders.Orders/Find"),
            new HeaderField(":authority", "orders"),
            new HeaderField("content-type", "application/grpc"),
            new HeaderField("user-agent", "kitex/0.15"),
            new HeaderField("te", "trailers"));
    var first = encode(encoder, request);

    var second = encode(encoder, List.copyOf(request));

    assertThat(second).hasSize(request.size());
    var decoder = new HeaderDecoder(HeaderLimits.GRPC);
    assertThat(decode(decoder, first)).isEqualTo(new Decoded(request, true));
    assertThat(decode(decoder, second)).isEqualTo(new Decoded(request, true));
  }

  @Test
  void findsFieldsThatAreEqualAndNotTheSame() {
    encode(encoder, List.of(AB));

    assertThat(encodeToHex(encoder, new HeaderField(new String("a"), new String("b"))))
        .isEqualTo("be");
  }

  @Test
  void takesNamesFromTables() {
    encode(encoder, List.of(AB));

    assertThat(encodeToHex(encoder, new HeaderField("a", "0"))).isEqualTo("0f2f0130");
    assertThat(encodeToHex(encoder, new HeaderField("server", "0"))).isEqualTo("760130");
  }

  @Test
  void usesTheHuffmanCodeOnlyWhereItIsShorter() {
    assertThat(encodeToHex(encoder, new HeaderField("server", "00"))).isEqualTo("76023030");
    assertThat(encodeToHex(encoder, new HeaderField("server", "000"))).isEqualTo("0f27820001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization", "cookie", "proxy-authorization", "set-cookie"})
  void putsSecretsIntoNoTable(String name) {
    var secret = new HeaderField(name, "password");

    encode(encoder, List.of(secret));

    var decoded = fields(new HeaderDecoder(HeaderLimits.GRPC), encodeToHex(encoder, secret));
    assertThat(decoded).containsExactly(new HeaderField(name, "password", true));
  }

  @Test
  void putsIntoNoTableWhatSaysSo() {
    var secret = new HeaderField("a", "b", true);
    encode(encoder, List.of(secret, AB));

    assertThat(encodeToHex(encoder, secret)).isEqualTo("1f2f0162");
  }

  @Test
  void keepsValuesThatAreDifferentEachTimeOutOfTheTableButTheFirstForItsName() {
    encode(encoder, List.of(new HeaderField("grpc-timeout", "1S"), AB));

    assertThat(encodeToHex(encoder, new HeaderField("grpc-timeout", "2S"))).isEqualTo("0f30023253");
    assertThat(encodeToHex(encoder, new HeaderField("grpc-timeout", "3S"))).isEqualTo("0f30023353");
    assertThat(encodeToHex(encoder, AB)).isEqualTo("be");
  }

  @Test
  void putsTheEmptyOnesOfThemIntoIt() {
    var empty = new HeaderField("grpc-message", ""); // of each good answer

    encode(encoder, List.of(empty));

    assertThat(encodeToHex(encoder, empty)).isEqualTo("be");
  }

  @Test
  void keepsWhatIsLargeOutOfTheTable() {
    encode(encoder, List.of(AB, new HeaderField("large", "x".repeat(2_100))));

    assertThat(encodeToHex(encoder, AB)).isEqualTo("be");
  }

  @Test
  void pushesOutTheOldest() {
    var small = new HeaderEncoder(3 * 34);
    encode(small, List.of(AB, CD, new HeaderField("e", "f")));

    assertThat(encodeToHex(small, AB)).isEqualTo("c0");
    encode(small, List.of(new HeaderField("g", "h")));

    assertThat(encodeToHex(small, AB)).isEqualTo("4001610162");
  }

  // ---- the size of the table

  @Test
  void refusesATableOfItsOwnThatIsOutOfRange() {
    assertThatThrownBy(() -> new HeaderEncoder(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxTableBytes: -1 (expected: 0..1048576)");
  }

  @Test
  void saysNothingWhileTheSizesAreTheDefault() {
    encoder.peerTableBytes(4_096);

    assertThat(encodeToHex(encoder)).isEmpty();
  }

  @Test
  void usesNoMoreThanItsOwnMaximumHoweverLargeThePeersTableIs() {
    encoder.peerTableBytes(-1); // 2^32 - 1

    assertThat(encodeToHex(encoder)).isEmpty();
  }

  @Test
  void saysThatItsOwnMaximumIsBelowTheDefault() {
    var small = new HeaderEncoder(100);

    assertThat(encodeToHex(small, AB)).isEqualTo("3f45" + "4001610162");
    assertThat(encodeToHex(small, AB)).isEqualTo("be");
  }

  @Test
  void saysWhenThePeersTableChanges() {
    encode(encoder, List.of(AB));

    encoder.peerTableBytes(33);

    assertThat(encodeToHex(encoder, AB)).isEqualTo("3f02" + "0001610162");
    assertThat(encodeToHex(encoder)).isEmpty();
  }

  @Test
  void saysHowSmallTheTableWasInBetween() {
    encode(encoder, List.of(AB));

    encoder.peerTableBytes(2_000);
    encoder.peerTableBytes(0);
    encoder.peerTableBytes(31);
    encoder.peerTableBytes(4_096);

    assertThat(encodeToHex(encoder, AB)).isEqualTo("20" + "3fe11f" + "4001610162");
  }

  @Test
  void saysOnlyTheLastSizeIfNoneWasSmaller() {
    encoder.peerTableBytes(2_000);
    encoder.peerTableBytes(1_000);

    assertThat(encodeToHex(encoder)).isEqualTo("3fc907");

    encoder.peerTableBytes(2_000);
    encoder.peerTableBytes(4_096);

    assertThat(encodeToHex(encoder)).isEqualTo("3fe11f");
  }

  @Test
  void usesATableLargerThanTheDefaultIfBothEndsHaveIt() {
    var large = new HeaderEncoder(8_192);
    assertThat(encodeToHex(large)).isEmpty();

    large.peerTableBytes(65_536);

    assertThat(encodeToHex(large)).isEqualTo("3fe13f");
  }

  /// Whatever its name, a value that is another each time does not push out what is the same.
  @Test
  void keepsWhatIsTheSameThoughOtherFieldsChangeWithEachList() {
    var encoder = new HeaderEncoder(HeaderLimits.DEFAULT_TABLE_BYTES);
    var path = new HeaderField(":path", "/a.B/c");
    for (int i = 0; i < 1_000; i++) {
      var id = new HeaderField("x-session-of-this-call", "0123456789abcdef-" + i);
      try (var out = new LinkBuffer()) {
        encoder.encode(List.of(path, id), out);
        assertThat(i == 0 || out.getByte(0) < 0).as("%d: by its index", i).isTrue();
      }
    }
  }

  @Test
  void addsAnotherValueOfANameOnceItComesAgain() {
    var encoder = new HeaderEncoder(HeaderLimits.DEFAULT_TABLE_BYTES);
    var sizes = new ArrayList<Integer>();
    for (var path : List.of("/first", "/first", "/second", "/second", "/second")) {
      try (var out = new LinkBuffer()) {
        encoder.encode(List.of(new HeaderField(":path", path)), out);
        sizes.add(out.size());
      }
    }

    assertThat(sizes.get(1)).isEqualTo(1);
    assertThat(sizes.get(2)).isGreaterThan(1);
    assertThat(sizes.get(3)).isGreaterThan(1);
    assertThat(sizes.get(4)).isEqualTo(1);
  }
}
