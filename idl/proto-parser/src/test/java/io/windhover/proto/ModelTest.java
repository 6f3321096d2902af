package io.windhover.proto;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.proto.ast.Comment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What files mean, as the model has it.
final class ModelTest {

  @Test
  void namesAreLookedForFromTheInside() {
    var compiled =
        Compiled.of(
            """
            syntax = "proto3";
            package a.b;
            message Item {}
            message Order {
              message Item {}
              Item inner = 1;
              b.Item outer = 2;
              .a.b.Item full = 3;
              Order.Item through_itself = 4;
            }
            """);

    assertThat(compiled.message("Order").fields())
        .extracting(it -> it.type().toString())
        .containsExactly("a.b.Order.Item", "a.b.Item", "a.b.Item", "a.b.Order.Item");
  }

  @Test
  void optionalInProto3HasAOneofOfItsOwnBehindAllOthers() {
    var order =
        Compiled.of(
                """
                syntax = "proto3";
                message Order {
                  optional string a = 1;
                  oneof _a { string b = 2; }
                  string c = 3;
                }
                """)
            .message("Order");

    assertThat(order.oneofs()).extracting(Oneof::name).containsExactly("_a", "X_a");
    assertThat(order.oneofs()).extracting(Oneof::isSynthetic).containsExactly(false, true);
    assertThat(order.fields()).extracting(Field::hasPresence).containsExactly(true, true, false);
    assertThat(order.oneofs().getLast().fields()).extracting(Field::name).containsExactly("a");
  }

  @Test
  void mapsAreListsOfEntries() {
    var field =
        Compiled.of("syntax = \"proto3\"; message A { map<string, A> by_first_name = 1; }")
            .field("A", "by_first_name");

    assertThat(field.isMap()).isTrue();
    assertThat(field.isRepeated()).isTrue();
    assertThat(field.type().toString()).isEqualTo("A.ByFirstNameEntry");
    assertThat(field.message().messages().getFirst().fields())
        .extracting(Field::name)
        .containsExactly("key", "value");
  }

  @Test
  void featuresAreInheritedFromFileMessageAndOneof() {
    var compiled =
        Compiled.of(
            """
            edition = "2023";
            option features.field_presence = IMPLICIT;
            option features.enum_type = CLOSED;
            option features.repeated_field_encoding = EXPANDED;
            message A {
              string a = 1;
              string b = 2 [features.field_presence = EXPLICIT];
              string c = 3 [features.field_presence = LEGACY_REQUIRED];
              repeated int32 d = 4;
              repeated int32 e = 5 [features.repeated_field_encoding = PACKED];
              A f = 6 [features.message_encoding = DELIMITED];
            }
            enum Closed { X = 1; }
            enum Open { option features.enum_type = OPEN; Y = 0; }
            """);

    assertThat(compiled.field("A", "a").hasPresence()).isFalse();
    assertThat(compiled.field("A", "b").hasPresence()).isTrue();
    assertThat(compiled.field("A", "c").isRequired()).isTrue();
    assertThat(compiled.field("A", "d").isPacked()).isFalse();
    assertThat(compiled.field("A", "e").isPacked()).isTrue();
    assertThat(compiled.field("A", "f").isDelimited()).isTrue();
    assertThat(compiled.enumeration("Closed").isClosed()).isTrue();
    assertThat(compiled.enumeration("Open").isClosed()).isFalse();
  }

  @Test
  void proto2AndProto3HaveTheirFeatures() {
    var old =
        Compiled.of(
            """
            syntax = "proto2";
            message A {
              required string a = 1;
              repeated int32 b = 2;
              repeated int32 c = 3 [packed = true];
              optional group G = 4 {}
            }
            enum E { X = 1; }
            """);
    var young =
        Compiled.of(
            """
            syntax = "proto3";
            message A { string a = 1; repeated int32 b = 2; repeated string c = 3; }
            enum E { X = 0; }
            """);

    assertThat(old.field("A", "a").isRequired()).isTrue();
    assertThat(old.field("A", "b").isPacked()).isFalse();
    assertThat(old.field("A", "c").isPacked()).isTrue();
    assertThat(old.field("A", "g").isDelimited()).isTrue();
    assertThat(old.enumeration("E").isClosed()).isTrue();
    assertThat(young.field("A", "a").hasPresence()).isFalse();
    assertThat(young.field("A", "b").isPacked()).isTrue();
    assertThat(young.field("A", "c").isPacked()).isFalse();
    assertThat(young.enumeration("E").isClosed()).isFalse();
  }

  @Test
  void optionsAreThereByTheirNames() {
    var compiled =
        Compiled.of(
            """
            syntax = "proto3";
            import "google/protobuf/descriptor.proto";
            option java_package = "com" ".shop";
            option optimize_for = CODE_SIZE;
            extend google.protobuf.MessageOptions { Limits limits = 50000; }
            message Limits { int32 max = 1; repeated string names = 2; }
            message A { option (limits).max = 5; option (limits).names = "x"; option deprecated = true; }
            """);
    var options = compiled.message("A").options();
    var limits = (Value.OfMessage) options.value().orElseThrow().extension("limits").orElseThrow();

    assertThat(compiled.file().options().text("java_package")).contains("com.shop");
    assertThat(compiled.file().options().choice("optimize_for")).contains("CODE_SIZE");
    assertThat(options.isTrue("deprecated")).isTrue();
    assertThat(options.isTrue("map_entry")).isFalse();
    assertThat(limits.value().get("max")).contains(new Value.OfInt(5));
    assertThat(limits.value().get("names").orElseThrow().toString()).contains("x");
  }

  @Test
  void commentsAreThoseRightBeforeOrElseBehind() {
    var compiled =
        Compiled.of(
            """
            syntax = "proto3";
            // Far above.

            // An order,
            // with items.
            message Order { // not this
              string a = 1; // behind a

              /* Before b.
               * In two lines. */
              string b = 2; // not this
              string c = 3;
            }
            """);

    assertThat(compiled.message("Order").comment().map(Comment::text))
        .contains("An order,\nwith items.");
    assertThat(compiled.field("Order", "a").comment().map(Comment::text)).contains("behind a");
    assertThat(compiled.field("Order", "b").comment().map(Comment::text))
        .contains("Before b.\nIn two lines.");
    assertThat(compiled.field("Order", "c").comment()).isEmpty();
  }

  @Test
  void methodsHaveTypesAndStreams() {
    var service =
        Compiled.of(
                """
                syntax = "proto3";
                message A {}
                message B {}
                service S { rpc f(stream A) returns (B); rpc g(A) returns (stream B); }
                """)
            .file()
            .services()
            .getFirst();

    assertThat(service.methods())
        .extracting(Method::isClientStreaming)
        .containsExactly(true, false);
    assertThat(service.methods())
        .extracting(Method::isServerStreaming)
        .containsExactly(false, true);
    assertThat(service.methods().getFirst().fullName()).isEqualTo("S.f");
    assertThat(service.methods().getFirst().input().name()).isEqualTo("A");
    assertThat(service.methods().getFirst().output().name()).isEqualTo("B");
  }

  @Test
  void defaultsAreWrittenAsPrintfDoes() {
    var compiled =
        Compiled.of(
            """
            syntax = "proto2";
            message A {
              optional float a = 1 [default = 16777217];
              optional double b = 2 [default = 0.1];
              optional double c = 3 [default = -inf];
              optional bytes d = 4 [default = "\\000a\\xff\\n"];
              optional double e = 5 [default = -0.0];
              optional double f = 6 [default = 1e-7];
              optional uint64 g = 7 [default = 0xFFFFFFFFFFFFFFFF];
            }
            """);

    assertThat(compiled.message("A").fields())
        .extracting(it -> it.defaultValue().orElseThrow())
        .containsExactly(
            "16777216", "0.1", "-inf", "\\000a\\377\\n", "-0", "1e-07", "18446744073709551615");
  }

  /// As to protoc: nobody is hurt by a number that there cannot be.
  @Test
  void anyNumberCanBeReserved() {
    var text = "syntax = \"proto3\"; message M { reserved 536870912, 600000000 to 2147483646; }";

    var compilation = ProtoCompiler.compile(Map.of("a.proto", text), List.of("a.proto"));

    assertThat(compilation.diagnostics()).isEmpty();
  }
}
