package io.windhover.proto.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.proto.ProtoCompiler;
import io.windhover.proto.ProtoFile;
import io.windhover.source.Span;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of changes.
final class ComparisonTest {

  /// @param changes each `level rule subject`
  record Sample(String what, String before, String after, List<String> changes) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Sample sample(String what, String before, String after, String... changes) {
    return new Sample(what, "package a; " + before, "package a; " + after, List.of(changes));
  }

  /// Of the fields of message M, in proto3.
  private static Sample fields(String what, String before, String after, String... changes) {
    String form = "message M { %s } message X { int32 x = 1; } message Y { int32 y = 1; }";
    return sample(what, form.formatted(before), form.formatted(after), changes);
  }

  private static Sample proto2(String what, String before, String after, String... changes) {
    String form = "syntax = \"proto2\"; message M { %s }";
    return new Sample(what, form.formatted(before), form.formatted(after), List.of(changes));
  }

  static Stream<Sample> samples() {
    return Stream.of(ofFields(), ofProto2(), ofEnums(), ofServices(), ofFiles()).flatMap(it -> it);
  }

  private static Stream<Sample> ofFields() {
    return Stream.of(
        fields("nothing", "int32 a = 1;", "int32 a = 1;"),
        fields("added", "", "int32 a = 1;", "note field-added M.a"),
        fields("removed", "int32 a = 1;", "", "source field-removed M.a"),
        fields("number", "int32 a = 1;", "int32 a = 2;", "wire field-number-changed M.a"),
        fields(
            "numbers swapped",
            "int32 a = 1; int32 b = 2;",
            "int32 a = 2; int32 b = 1;",
            "wire field-number-changed M.a",
            "wire field-number-changed M.b"),
        fields("renamed", "int32 a = 1;", "int32 b = 1;", "source field-renamed M.a"),
        fields(
            "name in JSON",
            "int32 a = 1;",
            "int32 a = 1 [json_name = \"x\"];",
            "source json-name-changed M.a"),
        fields("longer number", "int32 a = 1;", "int64 a = 1;", "wire field-type-changed M.a"),
        fields("text to bytes", "string a = 1;", "bytes a = 1;", "source field-type-replaced M.a"),
        fields("bytes to text", "bytes a = 1;", "string a = 1;", "wire field-type-changed M.a"),
        fields("message alike", "X a = 1;", "Y a = 1;", "source field-type-replaced M.a"),
        fields("message unlike", "X a = 1;", "M a = 1;", "wire field-type-changed M.a"),
        fields("message to number", "X a = 1;", "int32 a = 1;", "wire field-type-changed M.a"),
        fields(
            "one to many",
            "int32 a = 1;",
            "repeated int32 a = 1;",
            "wire field-cardinality-changed M.a"),
        fields(
            "key of a map",
            "map<int32, X> a = 1;",
            "map<int64, X> a = 1;",
            "wire field-type-changed M.a"),
        fields("same map", "map<int32, X> a = 1;", "map<int32, X> a = 1;"),
        fields(
            "presence",
            "int32 a = 1;",
            "optional int32 a = 1;",
            "source field-presence-changed M.a"),
        fields(
            "packed no more",
            "repeated int32 a = 1;",
            "repeated int32 a = 1 [packed = false];",
            "note packing-changed M.a"),
        fields(
            "two into a oneof",
            "X a = 1; X b = 2;",
            "oneof o { X a = 1; X b = 2; }",
            "wire field-oneof-changed M.a",
            "wire field-oneof-changed M.b"),
        fields("one into a oneof", "X a = 1;", "oneof o { X a = 1; }", "source oneof-changed M.a"),
        fields(
            "a new one into a oneof",
            "oneof o { X a = 1; }",
            "oneof o { X a = 1; X b = 2; }",
            "note field-added M.b"),
        fields("reserved number", "reserved 1;", "int32 a = 1;", "wire reserved-number-used M.a"));
  }

  private static Stream<Sample> ofProto2() {
    return Stream.of(
        proto2("required added", "", "required int32 a = 1;", "wire required-field-added M.a"),
        proto2("required gone", "required int32 a = 1;", "", "wire required-field-removed M.a"),
        proto2(
            "required now",
            "optional int32 a = 1;",
            "required int32 a = 1;",
            "wire field-became-required M.a"),
        proto2(
            "required no more",
            "required int32 a = 1;",
            "optional int32 a = 1;",
            "wire field-no-longer-required M.a"),
        proto2(
            "default",
            "optional int32 a = 1 [default = 1];",
            "optional int32 a = 1 [default = 2];",
            "wire default-changed M.a"),
        new Sample(
            "between tags",
            "edition = \"2023\"; message M { M a = 1; }",
            "edition = \"2023\"; message M { M a = 1 [features.message_encoding = DELIMITED]; }",
            List.of("wire field-encoding-changed M.a")),
        proto2(
            "extension gone",
            "extensions 1 to 9; extend M { optional int32 e = 1; }",
            "extensions 1 to 9;",
            "source extension-removed M.e"),
        proto2(
            "extension of another message",
            "extensions 1 to 9; message N { extensions 1 to 9; } extend M { optional int32 e = 1;"
                + " }",
            "extensions 1 to 9; message N { extensions 1 to 9; } extend N { optional int32 e = 1;"
                + " }",
            "wire extendee-changed M.e"));
  }

  private static Stream<Sample> ofEnums() {
    return Stream.of(
        sample(
            "number",
            "enum E { A = 0; B = 1; }",
            "enum E { A = 0; B = 2; }",
            "wire enum-value-changed E.B"),
        sample(
            "removed",
            "enum E { A = 0; B = 1; }",
            "enum E { A = 0; }",
            "wire enum-value-removed E.B"),
        sample(
            "renamed",
            "enum E { A = 0; B = 1; }",
            "enum E { A = 0; C = 1; }",
            "source enum-value-renamed E.B"),
        sample(
            "added",
            "enum E { A = 0; }",
            "enum E { A = 0; B = 1; }",
            "source enum-value-added E.B"),
        sample(
            "reserved number",
            "enum E { reserved 1; A = 0; }",
            "enum E { A = 0; B = 1; }",
            "wire reserved-number-used E.B"),
        new Sample(
            "openness",
            "edition = \"2023\"; enum E { A = 0; }",
            "edition = \"2023\"; enum E { option features.enum_type = CLOSED; A = 0; }",
            List.of("wire enum-openness-changed E")),
        sample("gone", "enum E { A = 0; }", "", "source enum-removed E"));
  }

  private static Stream<Sample> ofServices() {
    String messages = "message X { int32 x = 1; } message Y { int32 y = 1; } message Z {} ";
    String find = messages + "service S { rpc Find(X) returns (X); }";
    return Stream.of(
        sample("gone", find, messages, "wire service-removed S"),
        sample("method gone", find, messages + "service S {}", "wire method-removed S.Find"),
        sample("method new", messages + "service S {}", find, "source method-added S.Find"),
        sample(
            "stream",
            find,
            messages + "service S { rpc Find(X) returns (stream X); }",
            "wire method-streaming-changed S.Find"),
        sample(
            "request alike",
            find,
            messages + "service S { rpc Find(Y) returns (X); }",
            "source method-type-replaced S.Find"),
        sample(
            "response unlike",
            find,
            messages + "service S { rpc Find(X) returns (Z); }",
            "wire method-type-changed S.Find"));
  }

  private static Stream<Sample> ofFiles() {
    return Stream.of(
        new Sample(
            "package",
            "package a; message M { M m = 1; }",
            "package b; message M { M m = 1; }",
            List.of("wire package-changed package")),
        sample("message gone", "message M {}", "", "source message-removed M"),
        sample("message new", "", "message M {}", "note definition-added M"),
        sample(
            "nested gone",
            "message M { message N {} }",
            "message M {}",
            "source message-removed M.N"),
        sample(
            "Java package",
            "",
            "option java_package = \"x\";",
            "source java-option-changed java_package"),
        new Sample(
            "imported file",
            "import \"b.proto\"; message M { B b = 1; }\n"
                + "=== b.proto\n"
                + "syntax = \"proto3\"; message B { int32 x = 1; }",
            "import \"b.proto\"; message M { B b = 1; }\n"
                + "=== b.proto\n"
                + "syntax = \"proto3\"; message B { string x = 1; }",
            List.of("wire field-type-changed B.x")),
        new Sample(
            "moved into an imported file, and changed",
            "package a; message M { int32 x = 1; message N { int32 x = 1; } }",
            "package a; import \"b.proto\";\n"
                + "=== b.proto\n"
                + "syntax = \"proto3\"; package a;"
                + " message M { int64 x = 1; message N { int32 x = 1; } }",
            List.of("source definition-moved M", "wire field-type-changed M.x")),
        new Sample(
            "imported file is called otherwise",
            "import \"b.proto\";\n=== b.proto\nsyntax = \"proto3\"; message B { int32 x = 1; }",
            "import \"c.proto\";\n=== c.proto\nsyntax = \"proto3\"; message B { bytes x = 1; }",
            List.of("source definition-moved B", "wire field-type-changed B.x")),
        new Sample(
            "imported no more",
            "import \"b.proto\";\n=== b.proto\nsyntax = \"proto3\"; message B {}",
            "",
            List.of()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void tellsChangesApart(Sample sample) {
    var found = Comparison.of(compile(sample.before), compile(sample.after));

    assertThat(found)
        .extracting(
            it ->
                "%s %s %s"
                    .formatted(
                        it.level().name().toLowerCase(Locale.ROOT), it.rule().id(), it.subject()))
        .containsExactlyElementsOf(sample.changes);
  }

  /// So that a rule that is added gets its sample.
  @Test
  void tableHasEveryRule() {
    var found =
        samples()
            .flatMap(it -> it.changes.stream())
            .map(it -> it.split(" ", 3)[1])
            .collect(Collectors.toSet());

    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ProtoChange.values()).map(ProtoChange::id).toList());
  }

  @Test
  void saysWhereAndHow() {
    var change =
        Comparison.of(
                compile("message M {\n  repeated int32 a = 1;\n}"),
                compile("\nmessage M {\n  map<int32, string> a = 1;\n}"))
            .getFirst();

    assertThat(change.message()).isEqualTo("type is map<int32, string>, was repeated int32");
    assertThat(change.before().map(Span::toString)).contains("a.proto:2:18");
    assertThat(change.after().map(Span::toString)).contains("a.proto:3:22");
  }

  private static ProtoFile compile(String text) {
    Map<String, String> files = new LinkedHashMap<>();
    for (var part : text.split("\n=== ", -1)) {
      if (files.isEmpty()) {
        boolean hasSyntax = part.startsWith("syntax") || part.startsWith("edition");
        files.put("a.proto", hasSyntax ? part : "syntax = \"proto3\"; " + part);
      } else {
        files.put(part.substring(0, part.indexOf('\n')), part.substring(part.indexOf('\n')));
      }
    }
    var compilation = ProtoCompiler.compile(files, List.of("a.proto"));
    assertThat(compilation.hasErrors()).as("%s", compilation.diagnostics()).isFalse();
    return compilation.roots().getFirst();
  }
}
