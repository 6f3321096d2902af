package io.windhover.http2.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import io.windhover.http2.frame.Frame.Continuation;
import io.windhover.http2.frame.Frame.Data;
import io.windhover.http2.frame.Frame.GoAway;
import io.windhover.http2.frame.Frame.Headers;
import io.windhover.http2.frame.Frame.Ping;
import io.windhover.http2.frame.Frame.Priority;
import io.windhover.http2.frame.Frame.RstStream;
import io.windhover.http2.frame.Frame.Settings;
import io.windhover.http2.frame.Frame.Unknown;
import io.windhover.http2.frame.Frame.WindowUpdate;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The bytes are laid out by hand from RFC 9113, section 6.
final class FrameReaderTest {

  private static final int MAX_SETTINGS = 3;

  private final long heldBefore = NodePool.shared().heldBytes();

  @AfterEach
  void keepsNothing() {
    assertThat(NodePool.shared().heldBytes()).isEqualTo(heldBefore);
  }

  private static LinkBuffer pooled(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    var buffer = new LinkBuffer();
    buffer.writeBytes(bytes, 0, bytes.length);
    return buffer;
  }

  private static Frame read(String hex) {
    return new FrameReader(MAX_SETTINGS).read(pooled(hex));
  }

  private static String hex(LinkBuffer buffer) {
    byte[] bytes = new byte[buffer.size()];
    buffer.readBytes(bytes, 0, bytes.length);
    buffer.release();
    return HexFormat.of().formatHex(bytes);
  }

  // ---- frames that are values

  record Sample(String name, String hex, Frame value) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> samples() {
    return Stream.of(
        new Sample("reset", "000004 03 00 00000001 00000008", new RstStream(1, 8)),
        new Sample(
            "reset with a code of Kitex", "000004 03 00 00000001 000003e8", new RstStream(1, 1000)),
        new Sample("no settings", "000000 04 00 00000000", new Settings(false, List.of())),
        new Sample("acknowledged settings", "000000 04 01 00000000", Settings.ACK),
        new Sample(
            "settings, an unknown one too",
            "000012 04 00 00000000 0003 00000064 0004 7fffffff 00ff ffffffff",
            new Settings(
                false,
                List.of(new Setting(3, 100), new Setting(4, 0x7fff_ffff), new Setting(0xff, -1)))),
        new Sample("ping", "000008 06 00 00000000 0102030405060708", ping(false)),
        new Sample("pong", "000008 06 01 00000000 0102030405060708", ping(true)),
        new Sample(
            "go away",
            "00000a 07 00 00000000 7fffffff 00000000 6f6b",
            new GoAway(-1 >>> 1, 0, "ok")),
        new Sample("window", "000004 08 00 00000005 00010000", new WindowUpdate(5, 65536)));
  }

  private static Ping ping(boolean ack) {
    return new Ping(ack, 0x0102_0304_0506_0708L);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void reads(Sample sample) {
    assertThat(read(sample.hex)).isEqualTo(sample.value);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writes(Sample sample) {
    var out = new LinkBuffer();
    switch (sample.value) {
      case RstStream reset -> reset.write(out);
      case Settings settings -> settings.write(out);
      case Ping ping -> ping.write(out);
      case GoAway goAway -> goAway.write(out);
      case WindowUpdate update -> update.write(out);
      case Priority other -> throw new AssertionError(other);
      case Data other -> throw new AssertionError(other);
      case Headers other -> throw new AssertionError(other);
      case Continuation other -> throw new AssertionError(other);
      case Unknown other -> throw new AssertionError(other);
    }

    assertThat(hex(out)).isEqualTo(sample.hex.replace(" ", ""));
  }

  @Test
  void readsPriority() {
    assertThat(read("000005 02 00 00000003 80000001 0f")).isEqualTo(new Priority(3));
  }

  @Test
  void ignoresTheReservedBitAndUnknownFlags() {
    assertThat(read("000004 08 ff 80000005 80000001")).isEqualTo(new WindowUpdate(5, 1));
    assertThat(read("000008 06 fe 80000000 0102030405060708")).isEqualTo(ping(false));
  }

  @Test
  void readsTypesThatNobodyKnowsAndPassesTheirPayloadOver() {
    assertThat(read("000002 0a ff 00000007 abcd")).isEqualTo(new Unknown(7, 10));
    assertThat(read("000000 ff 00 00000000")).isEqualTo(new Unknown(0, 255));
  }

  @Test
  void cutsTheTextOfAGoAway() {
    var hex = "000fff 07 00 00000000 00000001 0000000b" + "61".repeat(0xfff - 8);

    assertThat(((GoAway) read(hex)).text()).isEqualTo("a".repeat(GoAway.MAX_TEXT_BYTES));
  }

  @Test
  void keepsTheTextOfAGoAwayFromWritingLinesOfALog() {
    var hex = "00000d 07 00 00000000 00000001 0000000b" + "610d0a1b7e";

    assertThat(((GoAway) read(hex)).text()).isEqualTo("a???~");
  }

  // ---- frames with bytes

  record Bytes(String name, String hex, Consumer<Frame> expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Bytes data(String name, String hex, String data, int flowBytes, boolean end) {
    return new Bytes(
        name,
        hex,
        frame -> {
          var read = (Data) frame;
          assertThat(hex(read.data())).isEqualTo(data);
          assertThat(read.flowBytes()).isEqualTo(flowBytes);
          assertThat(read.endStream()).isEqualTo(end);
          assertThat(read.streamId()).isEqualTo(1);
        });
  }

  private static Bytes headers(String name, String hex, String flags) {
    return new Bytes(
        name,
        hex,
        frame -> {
          var read = (Headers) frame;
          assertThat(hex(read.fragment()) + flags(read)).isEqualTo(flags);
          assertThat(read.streamId()).isEqualTo(1);
        });
  }

  private static String flags(Headers read) {
    return (read.endHeaders() ? " whole" : "")
        + (read.endStream() ? " end" : "")
        + (read.dependsOnItself() ? " circle" : "");
  }

  static Stream<Bytes> frames() {
    return Stream.of(
        data("data", "000003 00 00 00000001 616263", "616263", 3, false),
        data("last data", "000003 00 01 00000001 616263", "616263", 3, true),
        data("no data", "000000 00 01 00000001", "", 0, true),
        data("padded data", "000006 00 08 00000001 02 616263 0000", "616263", 6, false),
        data("all but padding is data", "000002 00 08 00000001 00 61", "61", 2, false),
        data(
            "row 26: 255 bytes of padding and no data",
            "000100 00 08 00000001 ff" + "00".repeat(255),
            "",
            256,
            false),
        headers("headers", "000002 01 04 00000001 8286", "8286 whole"),
        headers("headers and no more", "000002 01 05 00000001 8286", "8286 whole end"),
        headers("row 28: an empty fragment", "000000 01 00 00000001", ""),
        headers("priority", "000006 01 24 00000001 80000003 ff 82", "82 whole"),
        headers("of itself", "000006 01 24 00000001 80000001 ff 82", "82 whole circle"),
        headers("padded", "000009 01 2c 00000001 02 00000000 ff 82 0000", "82 whole"),
        new Bytes(
            "continuation",
            "000002 09 04 00000001 8286",
            frame -> {
              var read = (Continuation) frame;
              assertThat(hex(read.fragment())).isEqualTo("8286");
              assertThat(read.endHeaders()).isTrue();
            }));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void readsBytesWithoutTheirPadding(Bytes sample) {
    sample.expected.accept(read(sample.hex));
  }

  // ---- malformed ones

  enum Malformed {
    DATA_ON_0("000001 00 00 00000000 61", "PROTOCOL_ERROR"),
    ROW_26_PADDING_OF_ALL("000002 00 08 00000001 02 61", "PROTOCOL_ERROR"),
    NO_PADDING_LENGTH("000000 00 08 00000001", "FRAME_SIZE_ERROR"),
    HEADERS_ON_0("000001 01 04 00000000 82", "PROTOCOL_ERROR"),
    HEADERS_PADDING("000002 01 0c 00000001 02 82", "PROTOCOL_ERROR"),
    HEADERS_SHORT_PRIORITY("000004 01 24 00000001 00000000", "FRAME_SIZE_ERROR"),
    PRIORITY_ON_0("000005 02 00 00000000 00000003 0f", "PROTOCOL_ERROR"),
    PRIORITY_OF_4("000004 02 00 00000001 00000003", "FRAME_SIZE_ERROR 1"),
    ROW_18_PRIORITY_OF_ITSELF("000005 02 00 00000001 00000001 0f", "PROTOCOL_ERROR 1"),
    RESET_ON_0("000004 03 00 00000000 00000008", "PROTOCOL_ERROR"),
    RESET_OF_3("000003 03 00 00000001 000008", "FRAME_SIZE_ERROR"),
    SETTINGS_ON_1("000000 04 00 00000001", "PROTOCOL_ERROR"),
    ROW_34_SETTINGS_OF_5("000005 04 00 00000000 0003000000", "FRAME_SIZE_ERROR"),
    SETTINGS_ACK_WITH_ONE("000006 04 01 00000000 000300000064", "FRAME_SIZE_ERROR"),
    ROW_20_TOO_MANY_SETTINGS(
        "000018 04 00 00000000" + "000300000064".repeat(4), "ENHANCE_YOUR_CALM"),
    ROW_23_PUSH_2("000006 04 00 00000000 000200000002", "PROTOCOL_ERROR"),
    ROW_23_WINDOW_2_31("000006 04 00 00000000 000480000000", "FLOW_CONTROL_ERROR"),
    ROW_23_FRAME_SIZE_0("000006 04 00 00000000 000500000000", "PROTOCOL_ERROR"),
    FRAME_SIZE_UNDER("000006 04 00 00000000 000500003fff", "PROTOCOL_ERROR"),
    FRAME_SIZE_OVER("000006 04 00 00000000 000501000000", "PROTOCOL_ERROR"),
    PUSH_PROMISE("000005 05 04 00000001 00000002 82", "PROTOCOL_ERROR"),
    PING_ON_1("000008 06 00 00000001 0102030405060708", "PROTOCOL_ERROR"),
    ROW_34_PING_OF_7("000007 06 00 00000000 01020304050607", "FRAME_SIZE_ERROR"),
    GOAWAY_ON_1("000008 07 00 00000001 0000000000000000", "PROTOCOL_ERROR"),
    GOAWAY_OF_7("000007 07 00 00000000 00000000000000", "FRAME_SIZE_ERROR"),
    WINDOW_OF_3("000003 08 00 00000000 000001", "FRAME_SIZE_ERROR"),
    ROW_18_WINDOW_BY_0("000004 08 00 00000003 00000000", "PROTOCOL_ERROR 3"),
    WINDOW_OF_ALL_BY_0("000004 08 00 00000000 80000000", "PROTOCOL_ERROR"),
    CONTINUATION_ON_0("000001 09 04 00000000 82", "PROTOCOL_ERROR");

    final String hex;
    final String error;

    /// @param error and the stream, if it is one's alone
    Malformed(String hex, String error) {
      this.hex = hex;
      this.error = error;
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejects(Malformed malformed) {
    assertThatThrownBy(() -> read(malformed.hex))
        .isInstanceOfSatisfying(
            Http2Exception.class,
            e ->
                assertThat(e.code() + (e.isOfConnection() ? "" : " " + e.streamId()))
                    .isEqualTo(malformed.error));
  }
}
