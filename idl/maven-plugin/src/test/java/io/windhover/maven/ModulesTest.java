package io.windhover.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three modules, built by Maven with the plugin as `docs/guides/maven.md` has it: `money` has IDL
/// and nothing else, `shop` includes it, the tests of `audit` have IDL of their own.
@Tag("packaged")
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class ModulesTest {
  private static final String MONEY = "money/src/main/thrift/shared/money.thrift";
  private static final String SHOP = "shop/src/main/thrift/shop.thrift";
  private static final String AUDIT = "audit/src/test/thrift/audit.thrift";

  @TempDir static Path folder;
  private static PrivateRepository repository;
  private static Tree tree;
  private static Tree.Build first;

  @BeforeAll
  static void buildOnce() throws Exception {
    repository =
        new PrivateRepository(folder.resolve("local"), System.getProperty("windhover.version"));
    repository.addArtifacts();
    tree = new Tree(folder.resolve("tree"), repository);
    writeModules();
    first = tree.maven("package", "-DskipTests");
  }

  private static void writeModules() throws Exception {
    tree.write("pom.xml", rootPom());
    tree.write("money/pom.xml", modulePom("money"));
    tree.write("shop/pom.xml", modulePom("shop", "money"));
    tree.write("audit/pom.xml", modulePom("audit", "shop"));
    tree.write(
        MONEY,
        """
        namespace java com.example.money

        const i64 LIMIT = 100

        struct Money { 1: required i64 cents }
        """);
    tree.write(
        "money/src/main/resources/shared/price.proto",
        "syntax = \"proto3\"; package shared; message Price { int64 cents = 1; }");
    tree.write(
        SHOP,
        """
        namespace java com.example.shop
        include "shared/money.thrift"

        struct Item { 1: money.Money price, 2: optional i64 most = money.LIMIT }
        struct Note { string text }
        """);
    tree.write(
        AUDIT,
        """
        namespace java com.example.audit
        include "shop.thrift"

        struct Finding { 1: shop.Item item }
        """);
    tree.write(
        "shop/src/main/java/com/example/shop/Tea.java",
        """
        package com.example.shop;

        import com.example.money.Money;

        public final class Tea {
          public static final Item ITEM = new Item().price(new Money().cents(350));
        }
        """);
    tree.write(
        "audit/src/test/java/com/example/audit/TeaTest.java",
        """
        package com.example.audit;

        import com.example.shop.Tea;

        final class TeaTest {
          final Finding finding = new Finding().item(Tea.ITEM);
        }
        """);
  }

  private static String rootPom() throws Exception {
    return """
    <project>
      <modelVersion>4.0.0</modelVersion>
      <groupId>com.example</groupId>
      <artifactId>root</artifactId>
      <version>1.0</version>
      <packaging>pom</packaging>
      <modules>
        <module>money</module>
        <module>shop</module>
        <module>audit</module>
      </modules>
      <properties>
        <maven.compiler.release>25</maven.compiler.release>
        <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
      </properties>
      <dependencies>
    %s
      </dependencies>
      <build>
        <plugins>
    %s
          <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin>
          <plugin><artifactId>maven-resources-plugin</artifactId><version>3.3.1</version></plugin>
          <plugin><artifactId>maven-surefire-plugin</artifactId><version>3.5.4</version></plugin>
          <plugin><artifactId>maven-jar-plugin</artifactId><version>3.4.2</version></plugin>
        </plugins>
      </build>
    </project>
    """
        .formatted(MavenGuide.runtime(), MavenGuide.plugin());
  }

  private static String modulePom(String name, String... dependencies) {
    var wanted = new StringBuilder();
    for (var dependency : dependencies) {
      wanted.append(
          "<dependency><groupId>com.example</groupId><artifactId>%s</artifactId><version>1.0</version></dependency>"
              .formatted(dependency));
    }
    return """
    <project>
      <modelVersion>4.0.0</modelVersion>
      <parent><groupId>com.example</groupId><artifactId>root</artifactId><version>1.0</version></parent>
      <artifactId>%s</artifactId>
      <dependencies>%s</dependencies>
    </project>
    """
        .formatted(name, wanted);
  }

  private static Tree.Build build() throws Exception {
    return tree.maven("package", "-DskipTests").isGreen();
  }

  @Test
  void buildsWithIncludesFromModules() {
    first.isGreen();
    assertThat(first.generations())
        .hasSize(3)
        .anyMatch(it -> it.contains("1 type, 0 services from " + tree.path(MONEY)))
        .anyMatch(it -> it.contains("2 types, 0 services from " + tree.path(SHOP)))
        .anyMatch(it -> it.contains("1 type, 0 services from " + tree.path(AUDIT)));
  }

  @Test
  void theSecondBuildGeneratesNothing() throws Exception {
    build();

    var build = build();

    assertThat(build.generations()).isEmpty();
    assertThat(build.lines()).filteredOn(it -> it.contains("nothing to generate: ")).hasSize(3);
  }

  @Test
  void includesFromJarsOfARepository() throws Exception {
    build();
    repository.add("com.example", "root", "1.0", tree.path("."));
    repository.add("com.example", "money", "1.0", tree.path("money"));

    var build = tree.maven("package", "-DskipTests", "-pl", "shop").isGreen();

    assertThat(build.generations()).hasSize(1);
    assertThat(
            tree.path("shop/target/thrift-dependencies/com.example/money/main/shared/money.thrift"))
        .hasSameTextualContentAs(tree.path(MONEY));
    assertThat(tree.path("shop/target/generated-sources/thrift/com/example/money")).doesNotExist();
  }

  @Test
  void importsFromJarsOfARepository() throws Exception {
    build();
    repository.add("com.example", "root", "1.0", tree.path("."));
    repository.add("com.example", "money", "1.0", tree.path("money"));
    var bid = "shop/src/main/proto/bid.proto";
    tree.write(
        bid,
        """
        syntax = "proto3";
        package com.example.bid;
        import "shared/price.proto";

        message Bid {
          shared.Price price = 1;
        }
        """);

    var round = "shop/src/test/proto/round.proto";
    tree.write(
        round,
        """
        syntax = "proto3";
        package com.example.round;
        import "bid.proto";
        import "shared/price.proto";

        message Round {
          com.example.bid.Bid bid = 1;
          shared.Price limit = 2;
        }
        """);

    var build =
        tree.maven("windhover:generate-proto", "windhover:generate-test-proto", "-pl", "shop")
            .isGreen();
    Files.delete(tree.path(bid));
    Files.delete(tree.path(round));

    assertThat(build.generations())
        .hasSize(2)
        .anyMatch(it -> it.contains("1 type, 0 services from " + tree.path(bid)))
        .anyMatch(it -> it.contains("1 type, 0 services from " + tree.path(round)));
    assertThat(tree.path("shop/target/proto-dependencies/com.example/money/main/shared"))
        .isDirectoryContaining("glob:**/price.proto");
    var java = tree.path("shop/target/generated-sources/proto");
    assertThat(java.resolve("com/example/bid/Bid.java")).content().contains("shared.Price");
    assertThat(java.resolve("shared")).doesNotExist();
    var ofTests = tree.path("shop/target/generated-test-sources/proto");
    assertThat(ofTests.resolve("com/example/round/Round.java")).content().contains("Bid bid");
    assertThat(ofTests.resolve("com/example/bid")).doesNotExist();
  }

  @Test
  void aChangeOfAnIncludeGoesThroughModules() throws Exception {
    build();
    tree.replace(MONEY, "LIMIT = 100", "LIMIT = 200");

    var build = build();

    assertThat(build.generations()).hasSize(3);
    assertThat(tree.path("shop/target/generated-sources/thrift/com/example/shop/Item.java"))
        .content()
        .contains("200L")
        .doesNotContain("100L");
  }

  @Test
  void whatIsLostIsGeneratedAgain() throws Exception {
    build();
    var item = "shop/target/generated-sources/thrift/com/example/shop/Item.java";
    var text = Files.readString(tree.path(item));
    Files.delete(tree.path(item));

    assertThat(tree.maven("process-sources").isGreen().generations()).hasSize(1);
    assertThat(tree.path(item)).hasContent(text);
  }

  @Test
  void jarsCarryTheirIdlAndNoClassOfAnother() throws Exception {
    build();
    assertThat(entries("money/target/money-1.0.jar"))
        .contains("shared/money.thrift", "com/example/money/Money.class");
    assertThat(entries("shop/target/shop-1.0.jar"))
        .contains("shop.thrift", "com/example/shop/Item.class")
        .noneMatch(it -> it.startsWith("com/example/money/") && it.endsWith(".class"));
    assertThat(tree.path("shop/target/generated-sources/thrift/com/example/money")).doesNotExist();
  }

  private static List<String> entries(String jar) throws Exception {
    try (var zip = new ZipFile(tree.path(jar).toFile())) {
      return zip.stream().map(it -> it.getName()).toList();
    }
  }

  @Test
  void warningsFailTheBuildOnRequest() throws Exception {
    assertThat(first.lines()).anyMatch(it -> it.contains("WARNING") && it.contains("W001"));

    var build = tree.maven("package", "-DskipTests", "-Dwindhover.failOnWarning");

    assertThat(build.isRed().lines())
        .anyMatch(it -> it.contains("shop.thrift:5:22: error[W001]: field 'text' has no id"));
  }

  @Test
  void lintFindsWhatGenerateFinds() throws Exception {
    assertThat(tree.maven("compile", "windhover:lint").isGreen().lines())
        .anyMatch(it -> it.contains("shop.thrift:5:22: warning[W001]"));
    assertThat(
            tree.maven("compile", "windhover:lint", "-Dwindhover.errorRules=W001").isRed().lines())
        .anyMatch(it -> it.contains("shop.thrift:5:22: error[W001]"));
  }

  @Test
  void lintSaysNothingTwice() throws Exception {
    var probe = "shop/src/test/thrift/probe.thrift";
    tree.write(
        probe,
        """
        namespace java com.example.probe
        include "shop.thrift"

        struct Probe { 1: shop.Note note, i32 own }
        """);
    var empty = "import \"google/protobuf/empty.proto\";\n";
    var used = "shop/src/main/proto/used.proto";
    tree.write(used, "syntax = \"proto3\";\npackage used;\n" + empty + "message Used {}\n");
    var user = "shop/src/test/proto/user.proto";
    tree.write(
        user,
        "syntax = \"proto3\";\npackage user;\nimport \"used.proto\";\n"
            + empty
            + "message User {\n  used.Used used = 1;\n}\n");

    var lines = tree.maven("compile", "windhover:lint", "-pl", "money,shop").isGreen().lines();
    for (var file : List.of(probe, used, user)) {
      Files.delete(tree.path(file));
    }

    var found = lines.subList(lines.indexOf(last(lines, ":lint (")), lines.size());
    assertThat(found).filteredOn(it -> it.contains("shop.thrift:5:22: warning")).hasSize(1);
    assertThat(found).filteredOn(it -> it.contains("probe.thrift:4:39: warning")).hasSize(1);
    assertThat(found).filteredOn(it -> it.contains("used.proto:3:1: warning")).hasSize(1);
    assertThat(found).filteredOn(it -> it.contains("user.proto:4:1: warning")).hasSize(1);
  }

  private static String last(List<String> lines, String part) {
    return lines.stream()
        .filter(it -> it.contains(part))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  void twoExecutionsCannotHaveOneFolder() throws Exception {
    tree.write("twice/src/main/thrift/a.thrift", "namespace java com.example.a\nstruct A {}\n");
    tree.write("twice/src/more/thrift/b.thrift", "namespace java com.example.b\nstruct B {}\n");
    tree.write(
        "twice/pom.xml",
        modulePom("twice")
            .replace(
                "</project>",
                """
                  <build><plugins><plugin>
                    <groupId>io.windhover</groupId>
                    <artifactId>windhover-maven-plugin</artifactId>
                    <executions><execution>
                      <id>more</id>
                      <goals><goal>generate</goal></goals>
                      <configuration>
                        <sourceDirectory>src/more/thrift</sourceDirectory>
                      </configuration>
                    </execution></executions>
                  </plugin></plugins></build>
                </project>
                """));

    assertThat(tree.maven("generate-sources", "-f", "twice/pom.xml").isRed().lines())
        .anyMatch(
            it ->
                it.contains(
                    "generate-default and generate-more have one output folder, "
                        + tree.path("twice/target/generated-sources/thrift")));
  }

  @Test
  void buildsFromClassFoldersOnTwoThreads() throws Exception {
    for (var module : List.of("money", "shop", "audit")) {
      delete(tree.path(module + "/target"));
    }

    var build = tree.maven("test-compile", "-T2").isGreen();

    assertThat(build.generations()).hasSize(3);
    assertThat(build.lines())
        .noneMatch(it -> it.contains("not marked") || it.contains("thread-safe"));
  }

  private static void delete(Path tree) throws Exception {
    try (var files = Files.walk(tree)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
