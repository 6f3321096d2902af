package io.windhover.thriftgo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.thriftgo.Response.Generated;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ProtocolTest {

  /// As thriftgo 0.4.5 writes it.
  private static final String ANSWER =
      "0b0001000000026e6f 0f00020c00000002 0b00010000000178 0b000200000003612f62 0b00030000000170"
          + " 00 0b00010000000179 00 0f00030b00000001 0000000177 00";

  private static final Response ANSWERED =
      new Response(
          Optional.of("no"),
          Optional.of(
              List.of(
                  new Generated("x", Optional.of("a/b"), Optional.of("p")),
                  new Generated("y", Optional.empty(), Optional.empty()))),
          Optional.of(List.of("w")));

  @Test
  void readsWhatAPluginWrites() {
    assertThat(Response.read(hex(ANSWER))).isEqualTo(ANSWERED);
  }

  @Test
  void writesWhatAPluginWouldWrite() {
    assertThat(ANSWERED.write()).isEqualTo(hex(ANSWER));
  }

  /// The arms of thriftgo's union `ConstTypedValue`, from its `parser/ast.thrift`: 1 is a double, 2
  /// an integer, 4 an identifier.
  @Test
  void writesAUnionAsTheFieldOfItsArm() {
    assertThat(StructWriter.write(Ast.ConstValue.of(5), 1000))
        .isEqualTo(hex("080001 00000001 0c0002 0a0002 0000000000000005 00 00"));
    assertThat(StructWriter.write(Ast.ConstValue.ofIdentifier("a", Optional.empty()), 1000))
        .isEqualTo(hex("080001 00000003 0c0002 0b0004 00000001 61 00 00"));
  }

  @Test
  void readsAUnionBesideWhatItDoesNotKnow() {
    var value = "080001 00000001 0c0002 020007 01 0b0002 00000000 0a0002 0000000000000005 00 00";

    assertThat(StructReader.read(hex(value), Ast.ConstValue.class)).isEqualTo(Ast.ConstValue.of(5));
    assertThatThrownBy(
            () -> StructReader.read(hex("080001 00000001 0c0002 00 00"), Ast.ConstValue.class))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("union ConstTypedValue without a value");
  }

  @Test
  void readsBackEveryKindOfValue() {
    var value =
        Ast.ConstValue.ofMap(
            List.of(
                new Ast.MapConstValue(
                    Optional.of(Ast.ConstValue.of(1.5)),
                    Optional.of(Ast.ConstValue.ofList(List.of(Ast.ConstValue.of(1L << 40))))),
                new Ast.MapConstValue(
                    Optional.of(Ast.ConstValue.ofLiteral("中")),
                    Optional.of(
                        Ast.ConstValue.ofIdentifier(
                            "a.B", Optional.of(new Ast.ConstValueExtra(true, 2, "B", "a")))))));
    var constant =
        new Ast.Constant("C", Optional.of(TypeEncoder.VOID), Optional.of(value), List.of(), "//");
    var file = file(List.of(), List.of(constant), Map.of("C", Ast.Category.CONSTANT));
    var outer =
        file(
            List.of(new Ast.Include("in", Optional.of(file), Optional.of(true))),
            List.of(),
            Map.of("S", Ast.Category.SERVICE));
    var request = new Request("1", List.of("a=b"), List.of(), "java", "out", true, outer);

    assertThat(Request.read(request.write())).isEqualTo(request);
  }

  @Test
  void skipsWhatItDoesNotKnow() {
    var fields =
        "020004 01 030005 00 060006 0000 080007 00000000 0a0008 0000000000000000 040009"
            + " 0000000000000000 0b000a 00000001 78 0c000b 020001 01 00 0d000c 08 0b 00000001"
            + " 00000000 00000000 0e000d 02 00000001 01 0f000e 0c 00000002 00 00 080001 00000000";

    assertThat(Response.read(hex(fields + ANSWER))).isEqualTo(ANSWERED);
  }

  @Test
  void ignoresWhatFollows() {
    assertThat(Response.read(hex("00 6869")))
        .isEqualTo(new Response(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  enum Malformed {
    NOTHING("", "Response ends early, after 0 bytes"),
    TEXT("68656c6c6f20776f726c64", "type 104, before byte 3"),
    CUT("0b0001 00000002 6e", "size 2 with 1 bytes left, before byte 7"),
    NEGATIVE_SIZE("0b0001 ffffffff", "size -1"),
    HUGE_LIST("0f0003 0b 7fffffff", "size 2147483647"),
    LIST_OF_OTHERS("0f0003 08 00000001 00000000 00", "list of type 8 (expected: 11)"),
    NO_CONTENT("0f0002 0c 00000001 00 00", "Generated has no field 1 (content)");

    final String hex;
    final String message;

    Malformed(String hex, String message) {
      this.hex = hex;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejects(Malformed malformed) {
    assertThatThrownBy(() -> Response.read(hex(malformed.hex)))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining(malformed.message);
  }

  @Test
  void rejectsStructsWithoutEnd() {
    var nested = "0c0001".repeat(2000);

    assertThatThrownBy(() -> Response.read(hex(nested)))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("more than 512 structs within each other");
  }

  @Test
  void refusesToWriteATreeThatDoublesWithEachFile() {
    var file = file(List.of(), List.of(), Map.of());
    for (int i = 0; i < 40; i++) {
      var twice = new ArrayList<Ast.Include>();
      twice.add(new Ast.Include("a", Optional.of(file), Optional.empty()));
      twice.add(new Ast.Include("b", Optional.of(file), Optional.empty()));
      file = file(twice, List.of(), Map.of());
    }
    var request = new Request("1", List.of(), List.of(), "java", "out", true, file);

    assertThatThrownBy(() -> StructWriter.write(request, 1 << 20))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("larger than 1 MiB");
  }

  private static Ast.Thrift file(
      List<Ast.Include> includes,
      List<Ast.Constant> constants,
      Map<String, Ast.Category> categories) {
    return new Ast.Thrift(
        "f.thrift",
        includes,
        List.of("c"),
        List.of(),
        List.of(),
        constants,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        categories);
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
