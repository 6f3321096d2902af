package io.windhover.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Empty;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// What Jazzer begins with: the Thrift and Protobuf files of other modules' tests, what was
/// recorded between Kitex peers, the examples of standards, and in `src/test/resources/found` the
/// inputs that found a fault.
final class Seeds {
  private static final Path FOUND = Path.of("src", "test", "resources", "found");
  private static final Path RECORDINGS =
      Path.of("..", "conformance", "src", "test", "resources", "kitex");
  private static final List<Path> IDLS =
      List.of(
          Path.of("..", "..", "idl", "thrift-parser", "src", "test", "resources"),
          Path.of("..", "..", "idl", "codegen", "src", "test", "resources"),
          Path.of("..", "interop", "src"));
  private static final Path PROTOS =
      Path.of("..", "..", "idl", "proto-parser", "src", "test", "resources");
  private static final int STRUCT_BYTES = 48;
  private static final List<List<String>> HEADER_BLOCKS =
      List.of(
          List.of(
              "400a637573746f6d2d6b65790d637573746f6d2d686561646572",
              "040c2f73616d706c652f70617468",
              "100870617373776f726406736563726574",
              "82be"),
          List.of(
              "828684418cf1e3c2e5f23a6ba0ab90f4ff",
              "828684be5886a8eb10649cbf",
              "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf"),
          List.of(
              "3fe101488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff"
                  + "6e919d29ad171863c78f0b97c8e9ae82ae43d3",
              "4883640effc1c0bf",
              "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821d"
                  + "d7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1"
                  + "063d5007"),
          List.of("20", "3f45400161016240016301644001650166", "203f45", "be"), // sizes of the table
          List.of("4001613f" + "78".repeat(63), "be".repeat(20), "bebf"), // a small bomb
          List.of("7f80808000", "ffe180808000", "0f81808000")); // long integers

  private static final String SETTINGS = "000000 04 00 00000000";
  private static final String OPEN = "000003 01 04 0000000%s 838684"; // POST http /
  private static final List<List<String>> CONNECTIONS =
      List.of(
          List.of(SETTINGS, "000003 01 05 00000001 828684", "000003 01 05 00000003 828684"),
          List.of(SETTINGS, OPEN.formatted(1), "000005 00 01 00000001 68656c6c6f"),
          List.of(
              SETTINGS,
              "000007 01 08 00000001 03 838684 000000", // padded, in fragments
              "000000 09 00 00000001",
              "000001 09 04 00000001 be",
              "000007 00 08 00000001 03 686900 000000",
              "000003 01 05 00000001 00 0161 0162"),
          List.of(
              "000006 04 00 00000000 0004 00000001",
              "000000 04 01 00000000",
              "000006 01 05 00000003 3fe101 838684",
              "000004 08 00 00000000 00000400",
              "000004 08 00 00000003 00000400",
              "000004 08 00 00000003 7fffffff"),
          List.of(
              SETTINGS,
              OPEN.formatted(5),
              "000005 02 00 00000005 00000003 0f",
              "000008 06 00 00000000 0102030405060708",
              "000000 00 00 00000005",
              "000004 03 00 00000005 00000008",
              "000008 07 00 00000000 00000000 00000000",
              "000001 fe ff 00000001 00"),
          List.of(
              SETTINGS,
              "000008 01 24 00000001 00000001 0f 838684",
              OPEN.formatted(7), // which is reset
              "000005 00 00 00000007 68656c6c6f",
              "000004 03 00 00000007 00000008",
              OPEN.formatted(9),
              "000004 08 00 00000009 00000000"));

  private static final List<List<String>> ANSWERS =
      List.of(
          List.of(
              SETTINGS,
              "000000 04 01 00000000",
              "000004 01 04 00000001 3fe101 88", // the table as it was asked for; status 200
              "000005 00 00 00000001 68656c6c6f",
              "000003 01 05 00000001 00 0161 0162",
              "000001 01 05 00000003 8d"), // status 404
          List.of(
              "000006 04 00 00000000 0004 00000010",
              "000005 01 04 00000003 08 03 313033", // status 103
              "000001 01 04 00000003 88",
              "000004 08 00 00000000 00020000",
              "000004 08 00 00000005 00020000",
              "000007 00 08 00000003 03 686900 000000",
              "000000 00 01 00000003"),
          List.of(
              SETTINGS,
              "000004 03 00 00000001 00000007", // REFUSED_STREAM
              "000008 06 00 00000000 0102030405060708",
              "000000 01 00 00000005",
              "000001 09 04 00000005 88",
              "000008 07 00 00000000 00000003 00000000",
              "000001 00 01 00000005 61"),
          List.of(SETTINGS, "00000c 07 00 00000000 00000001 0000000b 63616c6d"));

  private Seeds() {}

  static List<byte[]> of(Target target) throws IOException {
    var seeds = new ArrayList<byte[]>();
    switch (target) {
      case IDL, GENERATE -> addIdls(seeds);
      case PROTO -> addProtos(seeds);
      case FRAME, STREAM -> addRecordings(seeds);
      case BINARY, COMPACT -> addStructs(seeds);
      case HPACK, HPACK_OF_NETTY -> addHeaderBlocks(seeds);
      case HTTP2 -> addConnections(seeds, CONNECTIONS);
      case HTTP2_CLIENT -> addConnections(seeds, ANSWERS);
      case GRPC -> addRequests(seeds);
      case GRPC_CLIENT -> addResponses(seeds);
      case PROTOBUF -> addProtobuf(seeds);
      case KITEX_PROTOBUF -> addKitexProtobuf(seeds);
      case MESSAGE -> addMessages(seeds);
      case CANARY -> {}
    }
    var found = FOUND.resolve(target.name().toLowerCase(Locale.ROOT));
    if (Files.exists(found)) { // once something was
      for (var file : files(found)) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    return seeds;
  }

  private static void addIdls(List<byte[]> seeds) throws IOException {
    for (var folder : IDLS) {
      for (var file : files(folder)) {
        if (file.toString().endsWith(".thrift")) {
          for (var part : Files.readString(file).split("\\n\\n", -1)) {
            seeds.add(part.getBytes(UTF_8)); // short, or each try takes long
          }
        }
      }
    }
  }

  /// A message of each type, and an error, behind the byte that chooses the type.
  private static void addProtobuf(List<byte[]> seeds) {
    var header = "90010001" + "00000004" + "6563686f" + "00000001";
    var file = StringValue.getDescriptor().getFile().toProto();
    var struct = Struct.newBuilder().putFields("k", Value.newBuilder().setNumberValue(1).build());
    var messages = List.of(StringValue.of("hi"), struct.build(), Empty.getDefaultInstance(), file);
    for (int i = 0; i < messages.size(); i++) {
      var body = HexFormat.of().formatHex(messages.get(i).toByteArray());
      seeds.add(HexFormat.of().parseHex("0" + i + header + body));
    }
    seeds.add(
        HexFormat.of().parseHex("00" + header.replace("0001000", "0003000") + "08011203626164"));
  }

  /// Each file, and each text within those that hold many.
  private static void addProtos(List<byte[]> seeds) throws IOException {
    for (var file : files(PROTOS)) {
      for (var part : Files.readString(file).split("(?m)^(---|===) .*\\n", -1)) {
        seeds.add(part.getBytes(UTF_8));
      }
    }
  }

  private static void addRecordings(List<byte[]> seeds) throws IOException {
    for (var file : files(RECORDINGS)) {
      for (var line : Files.readAllLines(file)) {
        if (line.startsWith(">") || line.startsWith("<")) {
          seeds.add(HexFormat.of().parseHex(line.substring(1).replace(" ", "")));
        }
      }
    }
  }

  /// Fields of every type code, which some of the structs know.
  private static void addStructs(List<byte[]> seeds) {
    for (int codec = 0; codec < Structs.CODECS.size(); codec++) {
      for (int type = 1; type <= 16; type++) {
        var bytes = new byte[STRUCT_BYTES];
        bytes[0] = (byte) codec;
        bytes[1] = (byte) type;
        bytes[3] = (byte) type;
        bytes[4] = (byte) type;
        seeds.add(bytes);
      }
    }
  }

  /// The examples of RFC 7541, appendix C.2, C.4 and C.6, and three of ours.
  private static void addHeaderBlocks(List<byte[]> seeds) {
    for (var connection : HEADER_BLOCKS) {
      var seed = new ByteArrayOutputStream();
      for (var block : connection) {
        var bytes = HexFormat.of().parseHex(block);
        seed.write(bytes.length);
        seed.writeBytes(bytes);
      }
      seeds.add(seed.toByteArray());
    }
  }

  /// What one side of a connection of HTTP/2 sends.
  private static void addConnections(List<byte[]> seeds, List<List<String>> connections) {
    for (var frames : connections) {
      seeds.add(hex(String.join("", frames)));
    }
  }

  /// Calls and streams of gRPC, with fields and data that are right and wrong.
  private static void addRequests(List<byte[]> seeds) {
    var text = "0000000004 0a026869";
    for (var method : List.of("00", "01", "02")) {
      seeds.add(hex(method + "01 00" + text));
      seeds.add(hex(method + "05 00" + text + text + "0000000000"));
      seeds.add(hex(method + "05 00" + text.substring(0, text.length() - 2)));
      seeds.add(hex(method + "00 0003313053 0104677a6970 00 01 00000004 0a026869")); // 10S, gzip
      seeds.add(hex(method + "00 0602655a 0503616263 00 00 7fffffff")); // eZ, abc
      seeds.add(hex(method + "02 03106170706c69636174696f6e2f67727063 00 00 00000002 0aff"));
    }
  }

  /// Answers of gRPC to a call and to streams, each with one of its ends.
  private static void addResponses(List<byte[]> seeds) throws IOException {
    var text = "0000000004 0a026869";
    var well = "0201 30"; // grpc-status: 0
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(hex("0a026869"));
    }
    var gzip = "01 %08x".formatted(zipped.size()) + HexFormat.of().formatHex(zipped.toByteArray());
    for (int kind = 0; kind < 4; kind++) {
      for (int end = 0; end < GrpcClientTarget.ENDS; end++) {
        var how = "%02x%02x".formatted(kind | end << 2, end * 5);
        seeds.add(hex(how + "00" + well + "00" + text));
        seeds.add(hex(how + "00" + well + "00" + text + text + "00000000"));
      }
      var how = "%02x04".formatted(kind);
      seeds.add(hex(how + "0704 677a6970 00" + well + "00" + gzip + text));
      seeds.add(
          hex(how + "0d05 59512c5967 0e02 2531 00 0201 35 0309 6e6f20256532253832 0403 434155 00"));
      seeds.add(hex(how + "00 0201 35 0403 3f3f3f 00")); // details that are no base64
      seeds.add(hex(how + "00 0202 3133 0501 37 0903 343034 0a09 7b2261223a2262227d 00"));
      seeds.add(hex(how + "0103 353032 0609 746578742f68746d6c 00 00 3c68746d6c3e")); // a proxy's
      seeds.add(hex(how + "0802 3132 0b01 78 00" + well + "00" + text)); // of another length
    }
  }

  /// The same messages as those of Kitex Protobuf, in frames.
  private static void addKitexProtobuf(List<byte[]> seeds) {
    var payloads = new ArrayList<byte[]>();
    addProtobuf(payloads);
    for (var payload : payloads) {
      var body = HexFormat.of().formatHex(payload, 1, payload.length); // without the type
      var framed = "%08x".formatted(payload.length - 1) + body;
      seeds.add(hex(framed));
      var ttheader = "1000 0000 00000001 0001 03 00 0000" + framed;
      seeds.add(hex("%08x".formatted(hex(ttheader).length) + ttheader));
      seeds.add(hex(framed + framed));
    }
  }

  /// A field of each number, with each wire type.
  private static void addMessages(List<byte[]> seeds) {
    for (int number = 1; number <= 64; number++) {
      for (int type = 0; type <= 5; type++) {
        var tag = number << 3 | type;
        var head =
            tag < 0x80 ? "%02x".formatted(tag) : "%02x%02x".formatted(tag & 0x7f | 0x80, tag >> 7);
        seeds.add(hex(head + "0401020304050607"));
        seeds.add(hex(head + "0400000000" + head + "020801"));
      }
    }
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
