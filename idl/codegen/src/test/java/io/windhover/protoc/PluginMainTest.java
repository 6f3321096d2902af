package io.windhover.protoc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.codegen.GeneratedFile;
import io.windhover.codegen.proto.ProtoGenerator;
import io.windhover.codegen.proto.ProtoOptions;
import io.windhover.proto.DescriptorWriter;
import io.windhover.proto.ProtoCompilation;
import io.windhover.proto.ProtoCompiler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What protoc itself sends is in `verify/interop`; here requests are of our own descriptors, which
/// have no comments.
final class PluginMainTest {

  record Sample(String what, String text) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Sample> samples() {
    return Stream.of(
        new Sample(
            "proto2",
            """
            syntax = "proto2";
            package shop;
            message Order {
              required int64 id = 1;
              optional string text = 2 [default = "a\\"b\\\\c\\n\\303\\244"];
              optional bytes raw = 3 [default = "\\000\\377\\"'"];
              optional double most = 4 [default = inf];
              optional float least = 5 [default = -1.5e-3];
              optional State state = 6 [default = PAID];
              optional bool isGift = 7 [default = true];
              repeated sint32 sizes = 8 [packed = true];
              message First {}
              optional group Item = 9 {
                optional string sku = 1;
                oneof of {
                  group Inner = 2 { required int32 i = 1; }
                  string other = 3;
                }
              }
              message Last { optional fixed64 f = 1; }
              map<int32, Last> byNumber = 10;
              enum State { option allow_alias = true; NEW = -1; PAID = 2; PAYED = 2; }
              extensions 100 to 199;
              reserved 20 to 30;
            }
            extend Order {
              optional group Note = 100 { optional string text = 1; }
              repeated int32 more = 101;
            }
            message Set { option message_set_wire_format = true; extensions 4 to max; }
            """),
        new Sample(
            "proto3",
            """
            syntax = "proto3";
            package shop;
            import "google/protobuf/timestamp.proto";
            import public "lib.proto";
            option java_package = "com.example.shop";
            message Order {
              optional int32 a = 1;
              oneof payment {
                lib.Card card = 2;
                string voucher = 3 [deprecated = true];
              }
              map<string, google.protobuf.Timestamp> times = 4;
              string x_y = 5 [json_name = "other"];
              string secret = 6 [debug_redact = true, (lib.note) = "not for Java"];
              repeated int32 n = 7 [packed = false];
              Order next = 8;
            }
            service Orders {
              option deprecated = true;
              rpc Find(Order) returns (stream lib.Card);
              rpc Put(stream Order) returns (Order) { option idempotency_level = IDEMPOTENT; }
            }
            """),
        new Sample(
            "editions",
            """
            edition = "2024";
            option features.field_presence = IMPLICIT;
            option features.enforce_naming_style = STYLE_LEGACY;
            local message order {
              string a = 1 [features.field_presence = LEGACY_REQUIRED];
              repeated int32 b = 2 [features.repeated_field_encoding = EXPANDED];
              order c = 3 [features.message_encoding = DELIMITED];
              E d = 4 [features.field_presence = EXPLICIT];
              string e = 5 [features.utf8_validation = NONE];
              enum E { option features.enum_type = CLOSED; A = 1; }
            }
            """));
  }

  private static ProtoCompilation compile(String text) {
    var lib =
        """
        syntax = "proto3";
        package lib;
        import "google/protobuf/descriptor.proto";
        message Card { string number = 1; }
        extend google.protobuf.FieldOptions { string note = 50000; }
        """;
    var compilation =
        ProtoCompiler.compile(
            Map.of("a/order.proto", text, "lib.proto", lib), List.of("a/order.proto"));
    assertThat(compilation.hasErrors()).as("%s", compilation.diagnostics()).isFalse();
    return compilation;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void makesWhatTheGeneratorMakesOfTheTexts(Sample sample) throws IOException {
    var compilation = compile(sample.text);
    var expected =
        ProtoGenerator.generate(compilation, compilation.roots(), ProtoOptions.DEFAULTS).files();

    var answer = WireMessage.read(PluginMain.answer(request(compilation, "")));

    assertThat(answer.text(1)).isEmpty();
    assertThat(files(answer))
        .isEqualTo(
            expected.stream()
                .collect(Collectors.toMap(GeneratedFile::path, GeneratedFile::content)));
  }

  @Test
  void theLanguageOfTheMachineDoesNotMatter() throws IOException {
    var request = request(compile("edition = \"2023\"; message A { int32 a = 12; }"), "");
    var locale = Locale.getDefault();
    Locale.setDefault(Locale.of("ar", "EG")); // writes other digits
    try {
      var answer = WireMessage.read(PluginMain.answer(request));

      assertThat(answer.text(1)).isEmpty();
      assertThat(files(answer).get("order/A.java")).contains("12 << 3");
    } finally {
      Locale.setDefault(locale);
    }
  }

  @Test
  void saysWhatItSupports() throws IOException {
    var answer = WireMessage.read(PluginMain.answer(request(compile("message A {}"), "")));

    assertThat(answer.number(2)).isEqualTo(3); // optional of proto3, editions
    assertThat(answer.number(3)).isEqualTo(998); // proto2
    assertThat(answer.number(4)).isEqualTo(1001); // edition 2024
  }

  @Test
  void takesOptions() throws IOException {
    var compilation =
        compile("syntax = \"proto3\"; package a; message A {} service S { rpc F(A) returns (A); }");

    var answer =
        WireMessage.read(
            PluginMain.answer(request(compilation, "messages=protobuf-java,async=true")));

    assertThat(files(answer).keySet())
        .containsExactlyInAnyOrder("a/S.java", "a/SAsync.java", "a/SCalls.java");
  }

  @Test
  void refusesOptionsThatItDoesNotKnow() throws IOException {
    var request = request(compile("message A {}"), "messages=windhover,async=maybe");

    var answer = WireMessage.read(PluginMain.answer(request));

    assertThat(answer.text(1))
        .isEqualTo(
            "option async=maybe (expected: messages=windhover|protobuf-java, async=true|false)");
    assertThat(answer.has(2)).isTrue();
  }

  @Test
  void saysWhatCannotBeJava() throws IOException {
    var compilation = compile("message A {} service S { rpc F(A) returns (A); }");
    var request = request(compilation, "messages=protobuf-java");

    var answer = WireMessage.read(PluginMain.answer(request));

    assertThat(answer.text(1))
        .startsWith("cannot make Java (the lines are not those of the file):\na/order.proto:")
        .contains("'A' is in no package");
    assertThat(answer.has(15)).isFalse();
  }

  @Test
  void copiesComments() throws IOException {
    var out = new ByteArrayOutputStream();
    bytes(out, 1, "a.proto".getBytes(UTF_8));
    bytes(out, 15, withComment("message A {}", List.of(4, 0), " What it is.\n Two lines.\n"));

    var answer = WireMessage.read(PluginMain.answer(out.toByteArray()));

    assertThat(files(answer).get("a/A.java")).contains("/// What it is.\n/// Two lines.\n");
  }

  private static byte[] withComment(String text, List<Integer> place, String comment)
      throws IOException {
    var file = ProtoCompiler.compile(Map.of("a.proto", text), List.of("a.proto")).roots();
    var location = new ByteArrayOutputStream();
    var path = new ByteArrayOutputStream();
    place.forEach(path::write);
    bytes(location, 1, path.toByteArray());
    bytes(location, 3, comment.getBytes(UTF_8));
    var info = new ByteArrayOutputStream();
    bytes(info, 1, location.toByteArray());
    var all = new ByteArrayOutputStream();
    all.writeBytes(DescriptorWriter.complete().file(file.getFirst()));
    bytes(all, 9, info.toByteArray());
    return all.toByteArray();
  }

  @Test
  void anythingElseIsNoRequest() {
    assertThatThrownBy(() -> PluginMain.answer("GET / HTTP/1.1".getBytes(UTF_8)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> PluginMain.answer(new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("no files to generate from");
  }

  private static byte[] request(ProtoCompilation compilation, String options) {
    var out = new ByteArrayOutputStream();
    bytes(out, 1, "a/order.proto".getBytes(UTF_8));
    bytes(out, 2, options.getBytes(UTF_8));
    var files = new ArrayList<>(compilation.files());
    files.forEach(it -> bytes(out, 15, DescriptorWriter.forRuntime().file(it)));
    return out.toByteArray();
  }

  private static void bytes(ByteArrayOutputStream out, int number, byte[] bytes) {
    varint(out, number << 3 | 2);
    varint(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    for (; value > 0x7F; value >>>= 7) {
      out.write(value & 0x7F | 0x80);
    }
    out.write(value);
  }

  private static Map<String, String> files(WireMessage answer) throws IOException {
    var files = new TreeMap<String, String>();
    for (var file : answer.messages(15)) {
      files.put(file.text(1), file.text(15));
    }
    return files;
  }
}
