package io.windhover.codegen.proto;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.codegen.GeneratedFile;
import io.windhover.codegen.model.JavaNames;
import io.windhover.codegen.proto.ProtoGenerator.Messages;
import io.windhover.proto.ProtoCompiler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names that Java, or another part of a class, has taken. The compiler of Java is the judge.
final class ProtoNamesTest {

  private static final String HOSTILE =
      """
      syntax = "proto2";
      package com.example.io;
      message Codec { optional int32 codec = 1; }
      message String { optional string string = 1; repeated string Object = 2; }
      message Object {}
      message Override { optional bytes bytes = 1; }
      message Known { optional Unknown unknown = 1; }
      message Holder { enum Unknown { Known = 0; CODEC = 1; TYPE = 2; value = 3; values = 4; } }
      enum Unknown { UNKNOWN = 0; default = 1; Enum = 2; }
      message List { repeated List list = 1; map<string, List> map = 2; }
      message Bytes { optional bytes a = 1; optional Bytes b = 2; }
      message lower { optional int32 a = 1; }
      message Outer {
        message Outer { optional Outer outer = 1; message Outer { optional int32 a = 1; } }
        message Payment { optional int32 a = 1; }
        message Codec { optional int32 a = 1; }
        oneof payment {
          Payment PAYMENT = 1;
          Outer outer = 2;
          String string = 3;
          int32 int = 4;
          bytes class = 5;
          group Group = 6 { optional int32 a = 1; }
        }
        optional int32 has_payment = 10;
        optional int32 x = 11;
        optional bool has_x = 12;
        optional bool clear_x = 13;
        optional bool has_has_x = 14;
        optional int32 presence = 16;
        optional int32 presence1 = 17;
        optional int32 unknown_fields = 18;
        optional int32 deep_copy = 19;
        optional int32 io = 20;
        optional int32 com = 21;
        optional int32 java = 22;
        optional int32 hash_code = 23;
        optional int32 get_class = 24;
        optional int32 copy = 25;
        optional int32 that = 26;
        optional int32 other = 27;
        optional int32 into = 28;
        optional int32 in = 29;
        optional int32 out = 30;
        optional int32 tag = 31;
        optional int32 message = 32;
        optional int32 number = 33;
        map<int32, string> value = 34;
        optional int32 foo_bar = 35;
        optional int32 foo_bar_ = 36;
        repeated int32 _ = 37;
        repeated int32 _1 = 38;
        required Outer missing = 39;
      }
      """;

  @Test
  void hostileNamesCompile(@TempDir Path classes) {
    var generated = ProtoGenerated.loadText(classes, HOSTILE);

    assertThat(generated.codec("com.example.io.Outer").fieldName(10)).isEqualTo("has_payment");
  }

  @Test
  void commentsCannotEndTheCode(@TempDir Path classes) {
    ProtoGenerated.loadText(
        classes,
        """
        syntax = "proto3";
        // */ } { \\u002a/ <b> [link] {@code @see nothing}
        message A {
          // ``` @param a */
          int32 a = 1; // \\u000a }
          /** */ int32 b = 2;
        }
        """);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "'package a.b; message M {}' | a.b.M",
        "'package a.b; option java_package = \"c.d\"; message M {}' | c.d.M",
        "'package a.class; message M {}' | a.class_.M",
        "'message M {}' | test.M",
        "'package p; option java_multiple_files = false; message m_x {}' | p.MX"
      },
      delimiter = '|')
  void theClassIsInThePackageOf(String text, String name, @TempDir Path classes) {
    var generated = ProtoGenerated.loadText(classes, "syntax = \"proto3\";" + text);

    assertThat(generated.type(name)).isNotNull();
  }

  /// As the tests of Protobuf itself.
  @Test
  void aFileBesideTheStandardOnesKeepsItsPackage() {
    var text = "syntax = \"proto3\"; package tests; message M {}";

    var files = ProtoGenerated.sources(Map.of("google/protobuf/tests.proto", text));

    assertThat(files).extracting(GeneratedFile::path).containsExactly("tests/M.java");
  }

  /// Names that are one to Java, or to a file system that knows no case.
  @Test
  void theLaterOfTwoNamesGivesWay(@TempDir Path folder) {
    var generated =
        ProtoGenerated.loadText(
            folder,
            """
            syntax = "proto3";
            message URL {}
            message Url {}
            message foo {}
            message Foo {}
            enum Kind { A = 0; }
            message KIND {}
            message Nested { message URL {} message Url {} message CODEc {} }
            message Either { message URL {} oneof url { int32 a = 1; } }
            message Arms {
              oneof one { int32 ID = 1; int32 iD = 2; int32 arms = 3; int32 aRMS = 4; }
            }
            """);

    var names =
        """
        URL Url_ Foo Foo_ Kind KIND_ Nested$URL Nested$Url_ Nested$CODEc_ Either$URL Either$Url_$A
        Arms$One$Id Arms$One$ID_ Arms$One$Arms_ Arms$One$ARMS
        """;

    for (var name : JavaNames.words(names)) {
      assertThat(generated.type("test." + name)).isNotNull();
    }
  }

  @Test
  void twoClassesOfOneNameAreRefused() {
    var compilation =
        ProtoCompiler.compile(
            Map.of(
                "a.proto",
                    "syntax = \"proto3\"; package a; option java_package = \"x\"; message M {}",
                "b.proto",
                    "syntax = \"proto3\"; package b; option java_package = \"x\"; message m {}"),
            List.of("a.proto", "b.proto"));

    var result = ProtoGenerator.generate(compilation, compilation.roots(), ProtoOptions.DEFAULTS);

    assertThat(result.files()).isEmpty();
    assertThat(result.diagnostics())
        .singleElement()
        .satisfies(
            it -> assertThat(it.message()).isEqualTo("the class 'x.M' is already that of a.M"));
  }

  /// HotSpot leaves methods above 8,000 bytecodes to the interpreter, and javac refuses 64 KiB.
  @Test
  void aMessageOfManyFieldsCompiles(@TempDir Path classes) {
    var fields =
        IntStream.rangeClosed(1, 3_000)
            .mapToObj(
                it -> "optional %s f%s = %s;".formatted(it % 3 == 0 ? "string" : "int64", it, it))
            .collect(Collectors.joining("\n"));
    var codec =
        ProtoGenerated.loadText(classes, "syntax = \"proto2\"; message Wide {" + fields + "}")
            .codec("test.Wide");
    byte[] bytes = {(byte) 0xc0, (byte) 0xbb, 1, 5}; // field 3000 with another wire type

    assertThat(codec.fromBytes(bytes)).isNotNull();
    assertThat(codec.toBytes(codec.fromBytes(bytes))).isEqualTo(bytes);
  }

  @Test
  void theFieldsOfAWideMessageHideNoPartOfIt(@TempDir Path classes) {
    var fields =
        IntStream.rangeClosed(4, 70)
            .mapToObj("optional int32 f%1$s = %1$s;"::formatted)
            .collect(Collectors.joining("\n"));

    ProtoGenerated.loadText(
        classes,
        """
        syntax = "proto3";
        message M {
          optional M copy_part0 = 1;
          optional M same_part1 = 2;
          optional M hash_part0 = 3;
          %s
        }
        message MessageHash {}
        """
            .formatted(fields));
  }

  @Test
  void theLargestNumberOfAFieldIsRead(@TempDir Path classes) {
    var codec =
        ProtoGenerated.loadText(
                classes, "syntax = \"proto3\"; message M { optional int32 a = 536870911; }")
            .codec("test.M");
    byte[] bytes = {(byte) 0xf8, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 7};

    assertThat(codec.fromBytes(bytes)).hasToString("M[a=7]");
    assertThat(codec.toBytes(codec.fromBytes(bytes))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"codec", "_", "known", "stub"})
  void anyNameOfAOneofCompiles(String name, @TempDir Path classes) {
    ProtoGenerated.loadText(
        classes, "syntax = \"proto3\"; message M { oneof " + name + " { int32 a = 1; } }");
  }

  private static final String ALL_KINDS =
      """
      edition = "2023";
      package PACKAGE;
      message M {
        enum Closed { option features.enum_type = CLOSED; A = 0; }
        enum Open { B = 0; }
        message Objects {}
        int32 bit = 1;
        string name = 2 [default = "a"];
        Closed closed = 3;
        repeated Closed shades = 4;
        map<string, Open> opens = 5;
        map<string, M> messages = 6;
        map<string, Closed> closeds = 7;
        repeated M list = 8;
        repeated double doubles = 9;
        M required = 10 [features.field_presence = LEGACY_REQUIRED];
        oneof either { string text = 11; M inner = 12; Closed shade = 13; }
      }
      message Holder {
        message M { .PACKAGE.M outer = 1; map<int32, .PACKAGE.M> outers = 2; }
        message ValueType {}
      }
      """;

  @Test
  void aPackageMayBeginWithAnyWordOfTheGeneratedCode(@TempDir Path classes) {
    var files =
        ofPackage("a").stream()
            .flatMap(file -> Pattern.compile("\\b[a-z]\\w*").matcher(file.content()).results())
            .map(MatchResult::group)
            .distinct()
            .flatMap(word -> ofPackage(word).stream())
            .toList();

    ProtoGenerated.load(classes, files);
  }

  /// Java takes a name for that of a type, if it can, before that of a package.
  @Test
  void aPackageMayBeCalledAsAType(@TempDir Path classes) {
    var files =
        Stream.of("M", "M.v1", "Closed", "Closed.v1", "Either", "Codec", "CODEC", "Known", "String")
            .flatMap(name -> withUser(name).stream())
            .toList();

    ProtoGenerated.load(classes, files);
  }

  private static List<GeneratedFile> withUser(String name) {
    var user =
        """
        syntax = "proto3";
        package user.PACKAGE;
        import "test.proto";
        option java_package = "user.LOWER";
        message User { .PACKAGE.M m = 1; }
        message Closed {}
        """;
    return ProtoGenerated.sources(
        Map.of(
            "test.proto",
            ALL_KINDS.substring(0, ALL_KINDS.indexOf("message Holder")).replace("PACKAGE", name),
            "user.proto",
            user.replace("PACKAGE", name).replace("LOWER", "of_" + name.replace('.', '_'))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Holder", "ValueType", "Codec", "CODEC"})
  void aPackageThatCannotBeNamedIsRefused(String name) {
    var text = ALL_KINDS.replace("PACKAGE", name);
    var compilation = ProtoCompiler.compile(Map.of("test.proto", text), List.of("test.proto"));

    var result = ProtoGenerator.generate(compilation, compilation.roots(), ProtoOptions.DEFAULTS);

    assertThat(result.files()).isEmpty();
    assertThat(result.diagnostics())
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.message())
                    .isEqualTo(
                        "'%s' is the first part of a package and a name in the class of %s.Holder"
                            .formatted(name, name)));
  }

  private static List<GeneratedFile> ofPackage(String name) {
    return ProtoGenerated.sources(Map.of(name + ".proto", ALL_KINDS.replace("PACKAGE", name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "message ACL { message Entry {} map<string, Entry> acl = 1; }",
        "message ACL {} message Holder { map<string, ACL> acl = 1; }",
        "enum ACL { A = 0; } message Holder { message M { map<string, ACL> acl = 1; } }",
        "enum E { EnumType = 0; }"
      })
  void constantsHideNoClass(String types, @TempDir Path classes) {
    ProtoGenerated.loadText(classes, "syntax = \"proto3\";" + types);
  }

  @Test
  void classesOfProtocNeedAPackageForTheirServices() {
    var text = "syntax = \"proto3\"; message M {} service S { rpc Get(M) returns (M); }";
    var texts = Map.of("test.proto", text);
    var options = ProtoOptions.DEFAULTS.withMessages(Messages.PROTOBUF_JAVA);
    var compilation = ProtoCompiler.compile(texts, List.of("test.proto"));

    var result = ProtoGenerator.generate(compilation, compilation.roots(), options);

    assertThat(result.diagnostics())
        .hasSize(2)
        .allSatisfy(it -> assertThat(it.toString()).contains("'M' is in no package"));
    assertThat(result.files()).isEmpty();
  }
}
