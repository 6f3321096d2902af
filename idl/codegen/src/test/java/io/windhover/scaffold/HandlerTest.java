package io.windhover.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.codegen.JavaGenerator;
import io.windhover.idl.ThriftCompiler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HandlerTest {
  private static final String IDL =
      """
      namespace java com.shop
      include "base.thrift"
      struct Item {}
      exception Gone {}
      service Shop extends base.Health {
        list<Item> find(1: map<string, i64> query, 2: base.Level level) throws (1: Gone gone)
        oneway void forget(1: i64 id)
      }
      """;
  private static final String BASE =
      "namespace java com.base\nenum Level { LOW }\nservice Health { bool alive() }";

  @Test
  void writesAClass() throws IOException {
    assertThat(Handler.create("com.shop.impl", services().get("com.shop.Shop")))
        .isEqualTo(
            """
            package com.shop.impl;

            import com.base.Level;
            import com.shop.Gone;
            import com.shop.Item;
            import com.shop.Shop;
            import java.util.List;
            import java.util.Map;

            /// What Shop does: plain blocking Java.
            public final class ShopHandler implements Shop {
              @Override
              public boolean alive() {
                throw new UnsupportedOperationException("alive");
              }

              @Override
              public List<Item> find(Map<String, Long> query, Level level) throws Gone {
                throw new UnsupportedOperationException("find");
              }

              @Override
              public void forget(long id) {
                throw new UnsupportedOperationException("forget");
              }
            }
            """);
  }

  @Test
  void addsWhatIsMissingAndKeepsTheRest() throws IOException {
    var source =
        """
        package com.shop;

        import java.util.Map; // ours

        final class Ours implements Shop {

          // a comment with find()
          @Override public boolean alive() { return true; }

          public void forget(  long id ) { /* } */ }
          // the end
        }
        """;
    var completed = complete(source);

    assertThat(completed.added()).containsExactly("Ours.find");
    assertThat(completed.text())
        .isEqualTo(
            """
            package com.shop;

            import java.util.Map;
            import com.base.Level;
            import java.util.List; // ours

            final class Ours implements Shop {

              // a comment with find()
              @Override public boolean alive() { return true; }

              public void forget(  long id ) { /* } */ }
              // the end

              @Override
              public List<Item> find(Map<String, Long> query, Level level) throws Gone {
                throw new UnsupportedOperationException("find");
              }
            }
            """);
    assertThat(complete(completed.text()).added()).isEmpty();
  }

  @Test
  void addsToAnEmptyClassWithoutImports() throws IOException {
    var completed = complete("package com.shop;\nclass A implements Shop {}\n");

    assertThat(completed.added()).containsExactly("A.alive", "A.find", "A.forget");
    assertThat(completed.text())
        .startsWith(
            """
            package com.shop;

            import com.base.Level;
            import java.util.List;
            import java.util.Map;
            class A implements Shop {
              @Override
              public boolean alive() {
            """)
        .endsWith("\n  }\n}\n");
  }

  @Test
  void keepsTheLineEnds() throws IOException {
    var text = "package com.shop;\r\n\r\nfinal class A implements Shop {\r\n}\r\n";

    assertThat(complete(text).text())
        .contains("import java.util.List;\r\n", "  public boolean alive() {\r\n")
        .doesNotContainPattern("[^\r]\n");
  }

  /// An import would give the name another meaning.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "package com.shop; class A implements Shop { Level ours = new Level(); }",
        "package com.shop; import com.other.*; class A implements Shop { Level ours; }",
        "package com.shop; import com.other.Level; class A implements Shop {}",
        "package com.shop; class A implements Shop { class Level {} }"
      })
  void spellsOutTypesWhoseNamesMeanSomethingElse(String source) throws IOException {
    assertThat(complete(source).text())
        .contains("find(Map<String, Long> query, com.base.Level level) throws Gone {")
        .doesNotContain("import com.base.Level;");
  }

  @Test
  void importsOnceWhatIsKnownByAnImportOfAll() throws IOException {
    var source = "package com.shop; import com.base.*; class A implements Shop { Level ours; }";

    assertThat(complete(source).text()).contains("query, Level level)");
  }

  @Test
  void knowsAServiceFromTheInterfaceOfItsCallers() throws IOException {
    var idl =
        """
        struct A {}
        service Food { A serve(1: A a) (streaming.mode = "client") }
        """;
    var compilation = ThriftCompiler.compile(Map.of("food.thrift", idl), List.of("food.thrift"));

    var files = JavaGenerator.generate(compilation.programs()).files();

    assertThat(ServiceInterface.of(files)).containsOnlyKeys("food.Food");
  }

  @Test
  void leavesOtherClassesAlone() throws IOException {
    for (var other :
        List.of(
            "package com.shop; class A {}",
            "package com.other; class A implements Shop {}", // another Shop
            "package com.shop; interface A extends Shop {}",
            "package com.shop; class A implements Runnable { public void run() {} }")) {
      assertThat(complete(other).text()).isEqualTo(other);
    }
  }

  private static Handler.Completed complete(String source) throws IOException {
    var file = JavaFile.parse("A.java", source);
    return Handler.complete(file, new Hierarchy(List.of(file), services()));
  }

  static Map<String, ServiceInterface> services() throws IOException {
    var texts = Map.of("shop.thrift", IDL, "base.thrift", BASE);
    var compilation = ThriftCompiler.compile(texts, List.of("shop.thrift"));
    return ServiceInterface.of(JavaGenerator.generate(compilation.programs()).files());
  }
}
