package io.windhover.proto.trim;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.proto.ProtoCompilation;
import io.windhover.proto.ProtoCompiler;
import io.windhover.proto.diff.Comparison;
import io.windhover.proto.diff.ProtoChange;
import io.windhover.source.diff.Level;
import io.windhover.source.trim.Selection;
import io.windhover.source.trim.Trimmed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrimmerTest {
  private static final String ROOT = "shop/shop.proto";
  private static final Map<String, String> SHOP =
      Map.of(
          ROOT,
          """
          // The shop's file.
          syntax = "proto2";

          package shop; // ours

          import "lib/all.proto"; // shared
          import "lib/notes.proto";
          import "lib/unused.proto";
          option java_package = "com.example.shop";

          // An order.
          message Order {
            optional Money total = 1 [(lib.note) = "kept"]; // many
            map<string, Line.Kind> kinds = 2;
            oneof payment {
              Card card = 3;
              string iban = 4;
            }
            extensions 100 to 200;

            // Nobody needs it.
            message Scrap {
              optional string text = 1;
            }
            enum Old { NONE = 0; }
          }

          // ---- lines

          message Line {
            option (lib.mark) = { level: HIGH };
            enum Kind { KIND_UNKNOWN = 0; }
            optional Order order = 1;
          }
          message Card {};
          message Money { optional lib.Currency currency = 1; }
          message Lost { optional Line line = 1; } // of no use

          extend Order { optional Extra extra = 100; }
          message Extra {}
          extend Lost2 {
            optional int32 gone = 100;
          }
          message Lost2 { extensions 100 to 200; }

          /** Sells. */
          service Shop {
            option deprecated = true;
            // Buys.
            rpc Buy(Order) returns (stream Money); // now

            /* Sells. */
            rpc Sell(Lost) returns (Lost2) {
              option idempotency_level = IDEMPOTENT;
            }
          }
          service Other { rpc Ping(Lost) returns (Lost); }

          // @preserve
          message Kept { optional Also also = 1; }
          message Also {}
          """,
          "lib/all.proto",
          "syntax = \"proto3\";\n"
              + "package lib;\n"
              + "import public \"lib/currency.proto\";\n"
              + "import public \"lib/none.proto\";\n",
          "lib/currency.proto",
          "syntax = \"proto3\";\npackage lib;\nenum Currency { EUR = 0; }\nmessage Rate {}\n",
          "lib/none.proto",
          "syntax = \"proto3\";\npackage lib;\nmessage Nothing {}\n",
          "lib/unused.proto",
          "syntax = \"proto3\";\npackage lib;\nmessage Unused {}\n",
          "lib/notes.proto",
          """
          syntax = "proto3";
          package lib;
          import "google/protobuf/descriptor.proto";
          extend google.protobuf.FieldOptions {
            string note = 50000;
            string other = 50001;
          }
          extend google.protobuf.MessageOptions { Mark mark = 50000; }
          extend google.protobuf.FileOptions { Rest rest = 50000; }
          message Mark { Level level = 1; }
          enum Level { LOW = 0; HIGH = 1; }
          message Rest {}
          """);

  private static ProtoCompilation compile(Map<String, String> texts) {
    var compilation = ProtoCompiler.compile(texts, List.of(ROOT));
    assertThat(compilation.diagnostics().stream().filter(it -> it.isError())).isEmpty();
    return compilation;
  }

  private static Trimmed trim(Map<String, String> texts, String... methods) {
    var patterns = Arrays.stream(methods).map(Pattern::compile).toList();
    var result = Trimmer.trim(compile(texts), new Selection(patterns, List.of(), true));
    assertThat(result.unknown()).isEmpty();
    return result;
  }

  private static Map<String, String> texts(Trimmed result) {
    return result.files().stream()
        .collect(
            Collectors.toMap(
                Trimmed.File::name, Trimmed.File::text, (one, _) -> one, LinkedHashMap::new));
  }

  @Test
  void keepsWhatAMethodNeeds() {
    var result = trim(SHOP, "Shop\\.Buy");

    assertThat(texts(result).keySet())
        .containsExactlyInAnyOrder("lib/all.proto", "lib/currency.proto", "lib/notes.proto", ROOT);
    assertThat(result.files().getLast().name()).isEqualTo(ROOT);
    assertThat(texts(result))
        .containsEntry(
            ROOT,
            """
            // The shop's file.
            syntax = "proto2";

            package shop; // ours

            import "lib/all.proto"; // shared
            import "lib/notes.proto";
            option java_package = "com.example.shop";

            // An order.
            message Order {
              optional Money total = 1 [(lib.note) = "kept"]; // many
              map<string, Line.Kind> kinds = 2;
              oneof payment {
                Card card = 3;
                string iban = 4;
              }
              extensions 100 to 200;
            }

            // ---- lines

            message Line {
              option (lib.mark) = { level: HIGH };
              enum Kind { KIND_UNKNOWN = 0; }
              optional Order order = 1;
            }
            message Card {};
            message Money { optional lib.Currency currency = 1; }

            extend Order { optional Extra extra = 100; }
            message Extra {}

            /** Sells. */
            service Shop {
              option deprecated = true;
              // Buys.
              rpc Buy(Order) returns (stream Money); // now
            }

            // @preserve
            message Kept { optional Also also = 1; }
            message Also {}
            """)
        .containsEntry(
            "lib/all.proto",
            "syntax = \"proto3\";\npackage lib;\nimport public \"lib/currency.proto\";\n")
        .containsEntry(
            "lib/currency.proto",
            "syntax = \"proto3\";\npackage lib;\nenum Currency { EUR = 0; }\n")
        .containsEntry(
            "lib/notes.proto",
            """
            syntax = "proto3";
            package lib;
            import "google/protobuf/descriptor.proto";
            extend google.protobuf.FieldOptions {
              string note = 50000;
            }
            extend google.protobuf.MessageOptions { Mark mark = 50000; }
            message Mark { Level level = 1; }
            enum Level { LOW = 0; HIGH = 1; }
            """);
    assertThat(result.removed())
        .contains(
            "import \"lib/unused.proto\" of shop/shop.proto",
            "message shop.Order.Scrap",
            "enum shop.Order.Old",
            "extension shop.gone",
            "extension lib.other",
            "method shop.Shop.Sell",
            "service shop.Other",
            "message lib.Unused",
            "file lib/unused.proto")
        .doesNotContain("file lib/all.proto");
  }

  /// What is left says of itself what it said before, and nothing of it can be spared.
  @ParameterizedTest
  @ValueSource(strings = {"Shop.Buy", "Shop.Sell", "shop.Other.Ping", ".*"})
  void breaksNothingThatStays(String pattern) {
    var whole = compile(SHOP);

    var result = trim(SHOP, pattern);

    var trimmed = compile(texts(result));
    assertThat(trimmed.diagnostics()).isEmpty();
    assertThat(Comparison.of(whole.roots().getFirst(), trimmed.roots().getFirst()))
        .filteredOn(it -> it.rule().level() == Level.WIRE)
        .extracting(it -> it.rule())
        .isSubsetOf(ProtoChange.SERVICE_REMOVED, ProtoChange.METHOD_REMOVED);
    assertThat(trim(texts(result), pattern).removed()).isEmpty();
  }

  @Test
  void keepsWhatAllServicesNeedWithoutAChoice() {
    assertThat(trim(SHOP).removed())
        .contains("message shop.Order.Scrap")
        .doesNotContain("message shop.Lost", "service shop.Other", "extension shop.gone");
  }

  @Test
  void keepsDefinitionsByName() {
    var selection = new Selection(List.of(), List.of("Line.Kind", "lib.Rate"), false);

    var result = Trimmer.trim(compile(SHOP), selection);

    assertThat(result.removed())
        .contains("service shop.Shop", "message shop.Kept", "enum shop.Order.Old")
        .doesNotContain("message shop.Line", "message shop.Order", "message lib.Rate");
  }

  @Test
  void takesServicesByTheirFullNamesToo() {
    assertThat(trim(SHOP, "shop\\.Other\\.Ping").removed()).contains("service shop.Shop");
    assertThat(trim(SHOP, "Ping").removed()).contains("service shop.Shop");
  }

  @Test
  void keepsTheOptionsOfAFileThatOnlyLeadsToAnother() {
    var texts =
        Map.of(
            ROOT,
            "syntax = \"proto3\"; import \"a.proto\"; service S { rpc F(B) returns (B); }",
            "a.proto",
            "syntax = \"proto3\"; import public \"b.proto\"; import \"o.proto\"; option (o) ="
                + " true;",
            "b.proto",
            "syntax = \"proto3\"; message B {}",
            "o.proto",
            "syntax = \"proto3\"; import \"google/protobuf/descriptor.proto\";"
                + " extend google.protobuf.FileOptions { bool o = 50000; }");

    assertThat(texts(trim(texts))).containsExactlyInAnyOrderEntriesOf(texts);
  }

  @Test
  void keepsExtensionsUnderTheComment() {
    var text =
        """
        syntax = "proto2";
        message M { extensions 1 to max; }
        message Used {}
        message Other { extensions 1 to max; }
        // @preserve
        extend M {
          optional Used used = 1;
        }
        extend Other {
          optional bool gone = 1;
        }
        """;

    var result = trim(Map.of(ROOT, text));

    assertThat(result.removed()).containsExactly("message Other", "extension gone");
  }

  /// Not those of the folder that are nowhere at hand.
  @Test
  void leavesOutTheFilesThatAreAtHandEverywhere() {
    var texts =
        Map.of(
            ROOT,
            "syntax = \"proto3\"; import \"google/protobuf/empty.proto\";"
                + " import \"google/protobuf/unittest.proto\";"
                + " service S { rpc F(google.protobuf.Empty) returns (google.protobuf.T); }",
            "google/protobuf/unittest.proto",
            "syntax = \"proto3\"; package google.protobuf; message T {}");

    assertThat(texts(trim(texts))).containsExactlyInAnyOrderEntriesOf(texts);
  }

  @Test
  void saysWhatIsNotThere() {
    var selection = new Selection(List.of(Pattern.compile("Shop.x")), List.of("No"), true);

    var result = Trimmer.trim(compile(SHOP), selection);

    assertThat(result.unknown())
        .containsExactly("no method matches 'Shop.x'", "no definition is called 'No'");
    assertThat(result.files()).isEmpty();
  }

  @Test
  void longChainsOfMessagesNeedNoStack() {
    int count = 20_000;
    var text = new StringBuilder("syntax = \"proto3\"; service S { rpc F(M0) returns (M0); }\n");
    for (int i = 0; i < count; i++) {
      text.append("message M%d { M%d next = 1; }\n".formatted(i, (i + 1) % count));
    }

    assertThat(trim(Map.of(ROOT, text.toString())).removed()).isEmpty();
  }

  @Test
  void longChainsOfExtensionsNeedNoStack() {
    int count = 20_000;
    var text = new StringBuilder("syntax = \"proto3\";");
    text.append("import \"google/protobuf/descriptor.proto\";\n");
    text.append("message M { bool used = 1 [(o0) = true]; }\n");
    text.append("service S { rpc F(M) returns (M); }\n");
    text.append("extend google.protobuf.FieldOptions {\n");
    for (int i = 0; i < count; i++) {
      text.append("bool o%d = %d [(o%d) = true];\n".formatted(i, 50_000 + i, (i + 1) % count));
    }

    assertThat(trim(Map.of(ROOT, text.append('}').toString())).removed()).isEmpty();
  }

  @Test
  void longChainsOfFilesNeedNoStack() {
    int count = 3_000;
    var files = new HashMap<String, String>();
    for (int i = 0; i < count; i++) {
      var next =
          i + 1 == count ? "" : "import \"%d.proto\"; option (o%d) = true;".formatted(i + 1, i + 1);
      files.put(
          i == 0 ? ROOT : i + ".proto",
          "syntax = \"proto2\"; import \"google/protobuf/descriptor.proto\"; %s".formatted(next)
              + " extend google.protobuf.FileOptions { optional bool o%d = 50000; }".formatted(i));
    }
    files.merge(ROOT, " message M {} service S { rpc F(M) returns (M); }", String::concat);

    assertThat(trim(files).files()).hasSize(count);
  }
}
