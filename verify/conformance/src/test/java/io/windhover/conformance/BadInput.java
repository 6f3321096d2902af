package io.windhover.conformance;

import static io.windhover.conformance.BadInput.Then.ANSWERS_AND_CLOSES;
import static io.windhover.conformance.BadInput.Then.ANSWERS_AND_GOES_ON;
import static io.windhover.conformance.BadInput.Then.CLOSES_WITHOUT_A_WORD;
import static io.windhover.conformance.Bytes.EMPTY_HEADER;
import static io.windhover.conformance.Bytes.ascii;
import static io.windhover.conformance.Bytes.call;
import static io.windhover.conformance.Bytes.framed;
import static io.windhover.conformance.Bytes.hex;
import static io.windhover.conformance.Bytes.message;
import static io.windhover.conformance.Bytes.repeat;
import static io.windhover.conformance.Bytes.ttheader;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A row of the table of bad inputs: what a server gets on a new connection, and what it does.
///
/// @param number of the row in the table; what tells variants apart is `input`
/// @param bytes made only when they are sent, since some are large
/// @param code of the error that is answered; 0 if the call succeeds
/// @param result the struct that is answered, in hex, if the call succeeds
record BadInput(
    String number,
    String input,
    Supplier<byte[]> bytes,
    Then then,
    int code,
    @Nullable String result) {

  enum Then {
    ANSWERS_AND_GOES_ON,
    ANSWERS_AND_CLOSES,
    CLOSES_WITHOUT_A_WORD
  }

  private static final int INVALID_MESSAGE_TYPE = 2;
  private static final int UNKNOWN_METHOD = 1;
  private static final int PROTOCOL_ERROR = 7;
  private static final int INVALID_TRANSFORM = 8;
  private static final int INVALID_PROTOCOL = 9;

  private static final int UNKNOWN_SERVICE = 20;
  private static final int TOO_LARGE = 1_938_274_413;

  /// Would begin a line of its own, in red.
  private static final String FORGED = "x\r\n\u001b[31mERROR\0\u007f";

  private static final String EMPTY_TREE = "0c0000 080001 00000000 0f0004 0c 00000000 00 00";
  private static final String I32_7 = "080000 00000007 00";

  @Override
  public String toString() {
    return number + ": " + input;
  }

  private static BadInput closes(String number, String input, String hex) {
    return closes(number, input, () -> hex(hex));
  }

  private static BadInput closes(String number, String input, Supplier<byte[]> bytes) {
    return new BadInput(number, input, bytes, CLOSES_WITHOUT_A_WORD, 0, null);
  }

  /// Bad arguments in a whole frame: the call fails, the connection stays.
  private static BadInput fails(String number, String input, Supplier<byte[]> call) {
    return fails(number, input, PROTOCOL_ERROR, call);
  }

  private static BadInput fails(String number, String input, int code, Supplier<byte[]> call) {
    return new BadInput(number, input, () -> framed(call.get()), ANSWERS_AND_GOES_ON, code, null);
  }

  /// More than the server takes: it says so before it closes.
  private static BadInput tooLarge(String number, String input, Supplier<byte[]> bytes) {
    return new BadInput(number, input, bytes, ANSWERS_AND_CLOSES, TOO_LARGE, null);
  }

  private static BadInput succeeds(
      String number, String input, Supplier<byte[]> call, String result) {
    return new BadInput(number, input, () -> framed(call.get()), ANSWERS_AND_GOES_ON, 0, result);
  }

  /// A header that cannot be read in a frame that can be cut.
  private static BadInput refusesHeader(String number, String input, int code, String header) {
    return new BadInput(
        number, input, () -> ttheader(header, echo7()), ANSWERS_AND_CLOSES, code, null);
  }

  private static BadInput readsHeader(String number, String input, String header) {
    return new BadInput(
        number, input, () -> ttheader(header, echo7()), ANSWERS_AND_GOES_ON, 0, I32_7);
  }

  private static byte[] echo7() {
    return call("echoI32", "080001 00000007 00");
  }

  static Stream<BadInput> atTheFrontDoor() {
    return Stream.of(
        closes("1", "1 KiB of random bytes, seed 1", () -> random(1)),
        closes("1", "1 KiB of random bytes, seed 2", () -> random(2)),
        closes("1", "1 KiB of random bytes, seed 3", () -> random(3)),
        closes("1", "1 MiB of zeros", () -> new byte[1 << 20]),
        closes("3", "telnet interrupt and a new line", "fff4fffd06 0d0a"),
        closes("3", "empty lines", "0d0a0d0a0d0a"),
        closes("6", "HTTP/2 preface", () -> ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")),
        closes("40", "framed length 0x7fffffff", "7fffffff 80010001"),
        closes("40", "framed length 0x80000000", "80000000 80010001"),
        closes("40", "framed length 0", "00000000 80010001"),
        closes("40", "framed length over the limit by 1", "00fffffd 80010001"),
        tooLarge(
            "40",
            "the same with the name of its method",
            () -> hex("00fffffd 80010001 00000001 78 00000001")));
  }

  private static byte[] random(int seed) {
    var bytes = new byte[1024];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static Stream<BadInput> inThriftSizes() {
    return Stream.of(
        fails("41", "list of 2^31-1", () -> call("echoLists", "0c0001 0f0005 0a 7fffffff 00 00")),
        fails("41", "set of 2^31-1", () -> call("echoSet", "0e0001 0a 7fffffff 00")),
        fails("41", "map of 2^31-1", () -> call("echoMap", "0d0001 0b 08 7fffffff 00")),
        fails("41", "list in an unknown field", () -> call("echoI32", "0f0063 0a 7fffffff 00")),
        fails("41", "list of structs", () -> call("echoTree", "0c0001 0f0004 0c 7fffffff 00 00")),
        fails("42", "2^30 elements of 8 bytes", () -> call("echoSet", "0e0001 0a 40000000 00")),
        fails("42", "2^29 entries of 8 bytes", () -> call("echoMap", "0d0001 0b 08 20000000 00")),
        fails("42", "2^29 in an unknown field", () -> call("echoI32", "0f0063 0a 20000000 00")),
        fails("43", "string size -1", () -> call("echoString", "0b0001 ffffffff 00")),
        fails("43", "string size MIN_VALUE", () -> call("echoString", "0b0001 80000000 00")),
        fails("43", "binary size -1", () -> call("echoBinary", "0b0001 ffffffff 00")),
        fails("43", "list size -1", () -> call("echoNames", "0f0001 0b ffffffff 00")),
        fails("43", "list size MIN_VALUE", () -> call("echoNames", "0f0001 0b 80000000 00")),
        fails("43", "set size -1", () -> call("echoSet", "0e0001 0a ffffffff 00")),
        fails("43", "map size -1", () -> call("echoMap", "0d0001 0b 08 ffffffff 00")),
        fails("43", "string size -1, unknown", () -> call("echoI32", "0b0063 ffffffff 00")),
        fails("44", "string past the end", () -> call("echoString", "0b0001 00000003 6162 00")),
        fails("44", "string of 2^31-1", () -> call("echoString", "0b0001 7fffffff 6162 00")),
        fails("44", "binary of 2^31-1", () -> call("echoBinary", "0b0001 7fffffff 6162 00")),
        fails("44", "string of 2^31-1, unknown", () -> call("echoI32", "0b0063 7fffffff 00")),
        fails("42b", "list of 4M empty structs, an object each", BadInput::emptyTrees),
        fails("14b", "set of 65,000 lists of one hash code", () -> rowsOfOneHashCode(65_000)));
  }

  private static byte[] emptyTrees() {
    int count = 4 << 20;
    return call(
        "echoTree", hex("0c0001 0f0004 0c %08x".formatted(count)), new byte[count], hex("00 00"));
  }

  /// The lists `[i, -31 * i]`.
  private static byte[] rowsOfOneHashCode(int count) {
    var rows = ByteBuffer.allocate(count * 13);
    for (int i = 0; i < count; i++) {
      rows.put((byte) 8).putInt(2).putInt(i).putInt(-31 * i);
    }
    return call(
        "echoNested", hex("0c0001 0e0005 0f %08x".formatted(count)), rows.array(), hex("00 00"));
  }

  static Stream<BadInput> inThriftNesting() {
    return Stream.of(
        succeeds("46", "struct at depth 64", () -> tree(63), EMPTY_TREE),
        fails("46", "struct at depth 65", () -> tree(64)),
        fails("46", "structs, 1M levels", () -> tree(1_000_000)),
        fails(
            "46",
            "lists of structs",
            () -> call("echoTree", repeat("0c0001 0f0004 0c 00000001", 40))),
        fails(
            "46",
            "a reply at depth 65",
            () -> call("echoTree", "0c0001 080001 %08x 00 00".formatted(Interops.TOO_DEEP))),
        succeeds(
            "47",
            "1M unknown fields in a struct, which keeps them",
            () ->
                call(
                    "echoTree",
                    hex("0c0001 080001 %08x".formatted(Interops.KEPT)),
                    repeat("0a0063 0000000000000000", 1_000_000),
                    hex("00 00")),
            EMPTY_TREE),
        fails("47", "unknown struct at depth 65", () -> unknown("0c0001", 64, "00")),
        fails("47", "unknown structs, 1M levels", () -> unknown("0c0001", 1_000_000, "00")),
        fails("47", "list of list of ..., depth 65", () -> unknown("0f 00000001", 64, "")),
        fails("47", "list of list of ..., 1M levels", () -> unknown("0f 00000001", 1_000_000, "")),
        fails(
            "47",
            "map of map of ..., 1M levels",
            () -> unknown("080d 00000001 00000000", 1_000_000, "")));
  }

  /// So many structs in each other, inside of the arguments.
  private static byte[] tree(int levels) {
    return call(
        "echoTree",
        hex("0c0001 080001 %08x".formatted(Interops.KEPT)),
        repeat("0c0002", levels - 1),
        repeat("00", levels + 1));
  }

  private static byte[] unknown(String opening, int levels, String closing) {
    int type = hex(opening)[0] == 0x08 ? 0x0d : hex(opening)[0];
    return call(
        "echoI32",
        hex("%02x0063".formatted(type)),
        repeat(opening, levels),
        repeat(closing, closing.isEmpty() ? 0 : levels));
  }

  static Stream<BadInput> inThriftFields() {
    return Stream.of(
        succeeds(
            "48",
            "field id -1 is an unknown field",
            () -> call("echoI32", "08ffff 00000001 080001 00000007 00"),
            I32_7),
        succeeds(
            "48",
            "duplicate field: the last wins",
            () -> call("echoI32", "080001 00000001 080001 00000007 00"),
            I32_7),
        succeeds(
            "48",
            "field of the wrong type is skipped",
            () -> call("echoI32", "080001 00000007 0b0001 00000001 61 00"),
            I32_7),
        succeeds(
            "48",
            "argument of the wrong type is absent",
            () -> call("echoI32", "0b0001 00000001 61 00"),
            "080000 00000000 00"),
        fails("48", "STOP missing", () -> call("echoI32", "080001 00000007")),
        fails("48", "cut in a field header", () -> call("echoI32", "0800")),
        fails("48", "cut in a value", () -> call("echoI32", "080001 0000")),
        fails("48", "field type 9", () -> call("echoI32", "090001 00000007 00")),
        fails("48", "field type 255", () -> call("echoI32", "ff0001 00000007 00")),
        succeeds("51b", "bool 2 is true", () -> call("echoBool", "020001 02 00"), "020000 01 00"),
        succeeds(
            "51b",
            "unknown enum number is kept",
            () -> call("echoColor", "080001 0000004d 00"),
            "080000 0000004d 00"),
        fails("51b", "required field missing", () -> call("echoRequiredness", "0c0001 00 00")),
        succeeds(
            "51b",
            "the bits of a NaN are kept",
            () -> call("echoDouble", "040001 7ff8000000000123 00"),
            "040000 7ff8000000000123 00"),
        succeeds(
            "51b",
            "list of another type is skipped",
            () -> call("echoNames", "0f0001 08 00000002 00000001 00000002 00"),
            "0f0000 0b 00000000 00"));
  }

  static Stream<BadInput> inMessageHeaders() {
    var stop = hex("00");
    return Stream.of(
        fails("51", "message type 9", INVALID_MESSAGE_TYPE, () -> message(9, "nothing", 1, stop)),
        fails("51", "message type 0", INVALID_MESSAGE_TYPE, () -> message(0, "nothing", 1, stop)),
        fails("51", "REPLY", INVALID_MESSAGE_TYPE, () -> message(2, "nothing", 1, stop)),
        fails("51", "EXCEPTION", INVALID_MESSAGE_TYPE, () -> message(3, "nothing", 1, stop)),
        fails("51", "unknown method", UNKNOWN_METHOD, () -> call("nope", "00")),
        fails("51", "empty method name", UNKNOWN_METHOD, () -> call("", "00")),
        fails("91", "control characters in a name", UNKNOWN_METHOD, () -> call(FORGED, "00")),
        fails("91", "method name of 16 KiB", UNKNOWN_METHOD, () -> call("x".repeat(16384), "00")),
        new BadInput(
            "91",
            "control characters in a service's name",
            () -> ttheader(headerOf("isn", FORGED), echo7()),
            ANSWERS_AND_GOES_ON,
            UNKNOWN_SERVICE,
            null),
        new BadInput(
            "61e",
            "a payload that its checksum does not fit",
            () -> ttheader(headerOf("crc32c", "00000000"), echo7()),
            ANSWERS_AND_GOES_ON,
            PROTOCOL_ERROR,
            null),
        closes("61d", "Kitex Protobuf", "00000014 90010001 00000004 6563686f 00000001 0a026869"),
        closes("51c", "method name of 2 GiB", "80010001 7fffffff 61"),
        closes("51c", "method name of -1", "80010001 ffffffff 61"),
        tooLarge("51c", "list of 2^31-1", () -> call("echoSet", "0e0001 0a 7fffffff")),
        tooLarge("51c", "string of 2 GiB", () -> call("echoString", "0b0001 7fffffff 61")),
        closes("51c", "string of -1", () -> call("echoString", "0b0001 ffffffff")),
        closes("51c", "field type 9", () -> call("echoI32", "090001")),
        closes("51c", "1M levels", () -> tree(1_000_000)),
        tooLarge(
            "51c",
            "17 MiB of fields",
            () -> call("echoI32", repeat("0a0063 0000000000000000", (17 << 20) / 11))));
  }

  static Stream<BadInput> inTTHeaderLengths() {
    return Stream.of(
        closes("52", "payload length negative", "0000000e 1000 0000 00000001 0003"),
        closes("52", "length below the fixed part", "00000009 1000 0000 00000001 0001"),
        closes("53", "header size 0", "0000002a 1000 0000 00000001 0000"),
        closes("53", "header size 65535 words", "00fffff0 1000 0000 00000001 ffff"),
        closes("53", "header size beyond the frame", "00000100 1000 0000 00000001 0040"),
        readsHeader("53", "header size 1 holds all that it must", EMPTY_HEADER),
        tooLarge("54", "length over the limit by 1", () -> hex("00fffffd 1000 0000 00000001 0001")),
        closes("54", "length 0xffffffff", "ffffffff 1000 0000 00000001 0001"));
  }

  static Stream<BadInput> inTTHeaderBlocks() {
    int limit = 16 << 10;
    return Stream.of(
        refusesHeader("55", "protocol id 2, compact", INVALID_PROTOCOL, "0001 0200 0000"),
        refusesHeader("55", "protocol id 9", INVALID_PROTOCOL, "0001 0900 0000"),
        refusesHeader("56", "info id 0x7f", PROTOCOL_ERROR, "0001 0000 7f00"),
        refusesHeader(
            "57",
            "65535 entries in 12 bytes",
            PROTOCOL_ERROR,
            "0003 0000 01 ffff 0001 61 0000 0000"),
        refusesHeader(
            "57", "65535 int entries", PROTOCOL_ERROR, "0003 0000 10 ffff 0001 0001 61 0000"),
        readsHeader(
            "57",
            "duplicate key: the last wins",
            """
            000a 0000 01 0002 0003 69736e 0004 6e6f7065 0003 69736e 0007 496e7465726f70
            10 0001 0016 0001 31 0000
            """),
        refusesHeader(
            "58", "key past the end", PROTOCOL_ERROR, "0003 0000 01 0001 0008 61626364 00"),
        readsHeader("58", "empty key and value", "0003 0000 01 0001 0000 0000 000000"),
        readsHeader("58", "key of 16 KiB, the limit", keyOf(limit)),
        refusesHeader("58", "key of 16 KiB and 1", PROTOCOL_ERROR, keyOf(limit + 1)),
        refusesHeader("59", "one transform", INVALID_TRANSFORM, "0001 0001 0100"),
        refusesHeader("59", "255 transforms", INVALID_TRANSFORM, "0001 00ff 0000"));
  }

  private static String keyOf(int bytes) {
    int used = 9 + bytes;
    int words = (used + 3) / 4;
    return "%04x 0000 01 0001 %04x".formatted(words, bytes)
        + "78".repeat(bytes)
        + "0000"
        + "00".repeat(4 * words - used);
  }

  /// A header area with one string key.
  private static String headerOf(String key, String value) {
    var block =
        "0000 01 0001 %04x %s %04x %s"
            .formatted(key.length(), inHex(key), value.length(), inHex(value))
            .replace(" ", "");
    int words = (block.length() / 2 + 3) / 4;
    return "%04x".formatted(words) + block + "00".repeat(4 * words - block.length() / 2);
  }

  private static String inHex(String text) {
    return HexFormat.of().formatHex(ascii(text));
  }
}
