package io.windhover.idl.trim;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.Compilation;
import io.windhover.idl.CompilerOptions;
import io.windhover.idl.Method;
import io.windhover.idl.Service;
import io.windhover.idl.ThriftCompiler;
import io.windhover.idl.diff.Comparison;
import io.windhover.idl.diff.ThriftChange;
import io.windhover.source.diff.Level;
import io.windhover.source.trim.Selection;
import io.windhover.source.trim.Trimmed;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class TrimmerTest {
  private static final Map<String, String> SHOP =
      Map.of(
          "a/shop.thrift",
          """
          // The shop's file.

          include "../b/base.thrift" // shared
          include "other.thrift"
          namespace java com.example

          const i32 MAX = 3
          const i32 UNUSED = 4   // of no use

          typedef list<Item> Items
          // An order.
          struct Order {
            1: Items items,   // many
            2: i32 max = MAX
          }

          // ---- items

          struct Item { 1: base.Color color = base.Color.RED }
          struct Lost { 1: other.Thing thing }

          /** Sells. */
          service Shop extends base.Health {
            // Buys.
            Order buy(1: Item item), // now

            /* Sells. */
            void sell(1: Lost lost) throws (1: Gone gone); void both()
          }

          exception Gone {}
          # @preserve
          struct Kept { 1: Also also }
          struct Also {}
          """,
          "b/base.thrift",
          "enum Color { RED }\nstruct Unused {}\nservice Health { bool alive() void ping() }\n",
          "a/other.thrift",
          "struct Thing {}\n");

  @Test
  void keepsWhatAMethodNeeds() {
    var result = trim(SHOP, "Shop\\.buy");

    assertThat(texts(result).keySet()).containsExactly("b/base.thrift", "a/shop.thrift");
    assertThat(texts(result))
        .containsEntry(
            "a/shop.thrift",
            """
            // The shop's file.

            include "../b/base.thrift" // shared
            namespace java com.example

            const i32 MAX = 3

            typedef list<Item> Items
            // An order.
            struct Order {
              1: Items items,   // many
              2: i32 max = MAX
            }

            // ---- items

            struct Item { 1: base.Color color = base.Color.RED }

            /** Sells. */
            service Shop extends base.Health {
              // Buys.
              Order buy(1: Item item), // now
            }

            # @preserve
            struct Kept { 1: Also also }
            struct Also {}
            """)
        .containsEntry("b/base.thrift", "enum Color { RED }\nservice Health { }\n");
    assertThat(result.removed())
        .containsExactly(
            "struct base.Unused",
            "method base.Health.alive",
            "method base.Health.ping",
            "struct other.Thing",
            "file a/other.thrift",
            "include \"other.thrift\" of shop",
            "constant shop.UNUSED",
            "struct shop.Lost",
            "method shop.Shop.sell",
            "method shop.Shop.both",
            "exception shop.Gone");
  }

  @Test
  void findsInheritedMethodsAndThoseOfTheLastService() {
    assertThat(trim(SHOP, "Shop.alive").removed())
        .contains("method base.Health.ping", "method shop.Shop.buy")
        .doesNotContain("method base.Health.alive");
    assertThat(trim(SHOP, "both").removed()).doesNotContain("method shop.Shop.both");
    assertThat(trim(SHOP, "Shop\\.(both|ping)").removed())
        .doesNotContain("method shop.Shop.both", "method base.Health.ping");
  }

  @Test
  void keepsAllServicesIfNothingIsChosen() {
    assertThat(trim(SHOP).removed()).containsExactly("struct base.Unused", "constant shop.UNUSED");
  }

  @Test
  void keepsChosenDefinitions() {
    var selection = new Selection(List.of(), List.of("Item", "base.Unused"), false);
    var result = Trimmer.trim(compile(SHOP), selection);

    assertThat(result.removed()).contains("service shop.Shop", "struct shop.Kept");
    assertThat(texts(result)).containsOnlyKeys("b/base.thrift", "a/shop.thrift");
    assertThat(texts(result))
        .containsEntry("b/base.thrift", "enum Color { RED }\nstruct Unused {}\n");
  }

  @Test
  void saysWhatIsNotThere() {
    var selection = new Selection(List.of(Pattern.compile("Shop.x")), List.of("No"), true);
    var result = Trimmer.trim(compile(SHOP), selection);

    assertThat(result.unknown())
        .containsExactly("no method matches 'Shop.x'", "no definition is called 'No'");
    assertThat(result.files()).isEmpty();
  }

  /// Each method of the grammar's fixture by itself: what is left compiles, and is not changed.
  @Test
  void leavesFilesThatCompileAndSayTheSame() {
    var file = Path.of("src/test/resources/grammar/shop.thrift");
    var whole = ThriftCompiler.compile(List.of(file), CompilerOptions.DEFAULTS);
    for (Service service : whole.roots().getFirst().definitions(Service.class)) {
      for (Method method : service.methods()) {
        var pattern = Pattern.compile(Pattern.quote(service.name() + "." + method.name()));
        var result = Trimmer.trim(whole, new Selection(List.of(pattern), List.of(), true));
        var texts = texts(result);
        var trimmed = ThriftCompiler.compile(texts, List.of(file.toString()));

        assertThat(trimmed.diagnostics()).as(method.name()).noneMatch(it -> it.isError());
        assertThat(Comparison.of(trimmed.roots().getFirst(), whole.roots().getFirst()))
            .as("from what %s needs to the whole", method.name())
            .filteredOn(it -> it.level() != Level.NOTE)
            .allMatch(it -> it.rule() == ThriftChange.METHOD_ADDED);
        var again = Trimmer.trim(trimmed, new Selection(List.of(pattern), List.of(), true));
        assertThat(texts(again)).isEqualTo(texts);
      }
    }
  }

  private static Trimmed trim(Map<String, String> texts, String... methods) {
    var patterns = Arrays.stream(methods).map(Pattern::compile).toList();
    var result = Trimmer.trim(compile(texts), new Selection(patterns, List.of(), true));
    assertThat(result.unknown()).isEmpty();
    compile(texts(result));
    return result;
  }

  private static Compilation compile(Map<String, String> texts) {
    var compilation = ThriftCompiler.compile(texts, List.of("a/shop.thrift"));
    assertThat(compilation.hasErrors()).as("%s", compilation.diagnostics()).isFalse();
    return compilation;
  }

  private static Map<String, String> texts(Trimmed result) {
    return result.files().stream()
        .collect(
            Collectors.toMap(
                Trimmed.File::path, Trimmed.File::text, (one, _) -> one, LinkedHashMap::new));
  }
}
