package io.windhover.proto.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SyntaxJsonTest {

  record Sample(String text, List<String> json) {
    @Override
    public String toString() {
      return text;
    }
  }

  private static Sample sample(String text, String... json) {
    return new Sample(text, List.of(json));
  }

  static Stream<Sample> samples() {
    return Stream.of(
        sample("syntax = 'proto3'; package a.b;", "'edition':'proto3','package':'a.b'"),
        sample("", "'edition':'proto2'}"),
        sample("import public 'b.proto';", "'kind':'import','modifier':'public','path':'b.proto'"),
        sample("// A.\nmessage A {}", "'kind':'message','doc':'A.','name':'A'}"),
        sample(
            "message A { repeated map<int32, B> x = 1; }",
            "'kind':'field','label':'repeated','type':{'kind':'map','key':{'kind':'scalar','name':'int32'},'value':{'kind':'named','name':'B'}},'name':'x','number':1"),
        sample(
            "message A { optional group B = 1 { optional int32 c = 2; } }",
            "'name':'B','number':1,'group':{'kind':'message','name':'B','members':[{'kind':'field'"),
        sample(
            "message A { oneof o { int32 a = 1; } }",
            "'kind':'oneof','name':'o','members':[{'kind':'field',"),
        sample(
            "message A { reserved 1 to 3, 5; reserved 'x'; extensions 9 to max; }",
            "'ranges':[{'kind':'range','first':1,'last':3},{'kind':'range','first':5,'last':5}]",
            "'names':['x']",
            "'ranges':[{'kind':'range','first':9}]"),
        sample("enum E { A = -1; }", "'kind':'value','name':'A','number':-1"),
        sample(
            "extend A { optional int32 x = 1; }",
            "'kind':'extend','extendee':'A','fields':[{'kind':'field','label':'optional'"),
        sample(
            "service S { rpc F(stream A) returns (B); }",
            "'kind':'method','name':'F','input':{'kind':'named','name':'A','stream':true},'output':{'kind':'named','name':'B'}"),
        sample(
            "option (a).b = { c: -1.5 [d]: [x, 'y'] };",
            "'kind':'option','name':'(a).b','value':{'kind':'message','fields':[{'kind':'field','name':'c','value':{'kind':'decimal','raw':'-1.5','value':-1.5}}",
            "'name':'[d]','value':{'kind':'list','elements':[{'kind':'word','name':'x'},{'kind':'string','raw':''y'','value':'y'}]"),
        sample("option a = 18446744073709551616;", "'kind':'whole','raw':'18446744073709551616'}"),
        sample("edition = '2024'; local enum E { A = 0; }", "'visibility':'local','name':'E'"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writesWhatIsThere(Sample sample) {
    var dumped = SyntaxJson.of("a.proto", sample.text.getBytes(UTF_8));

    assertThat(dumped.json()).as("%s", dumped.diagnostics()).isPresent();
    var json =
        dumped
            .json()
            .get()
            .replaceAll("\"span\": \\{[^}]*},?", "")
            .replaceAll("\\s+(?=([^\"]*\"[^\"]*\")*[^\"]*$)", "")
            .replace('"', '\'');
    assertThat(json).contains(sample.json);
  }

  @Test
  void saysWhereThingsStand() {
    var json = SyntaxJson.of("a.proto", "\n enum E {\n}".getBytes(UTF_8)).json().orElseThrow();

    assertThat(json)
        .startsWith("{\n  \"version\": 1,\n  \"file\": \"a.proto\",\n")
        .contains("\"start\": 2", "\"line\": 2", "\"column\": 2", "\"endLine\": 3");
  }

  @Test
  void bracketsAreClosedInFilesWithAllThatTheLanguageHas() throws IOException {
    var file = Path.of("src/test/resources/grammar/shop/old.proto");

    var json = SyntaxJson.of("old.proto", Files.readAllBytes(file)).json().orElseThrow();

    assertThat(json.chars().filter(it -> it == '{').count())
        .isEqualTo(json.chars().filter(it -> it == '}').count());
  }

  @Test
  void aFileWithErrorsHasNoTree() {
    var dumped = SyntaxJson.of("a.proto", "message".getBytes(UTF_8));

    assertThat(dumped.json()).isEmpty();
    assertThat(dumped.diagnostics()).isNotEmpty();
  }
}
