package io.windhover.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a class has from elsewhere is not overridden by a method that throws.
final class HierarchyTest {
  private static final String TWO = "public boolean alive() { return true; } public void find() {}";
  private static final String ALL = TWO + " public void forget() {}";

  /// @param sources of a project, of the package `com.shop` unless they say otherwise
  record Sample(String name, List<String> sources) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> complete() {
    return Stream.of(
        sample("superclass", "class A extends B implements Shop {}", "class B {%s}"),
        sample("generic", "class A extends B<A> implements Shop {}", "class B<T> {%s}"),
        sample("nested", "class A extends B.C implements Shop {}", "class B { class C {%s} }"),
        sample("beside", "class B { class A extends C implements Shop {} class C {%s} }"),
        sample(
            "two levels up",
            "class A extends B implements Shop {}",
            "class B extends C {}",
            "class C {%s}"),
        sample(
            "imported",
            "import com.far.B; class A extends B implements Shop {}",
            "package com.far; public class B {%s}"),
        sample(
            "of an imported package",
            "import com.far.*; class A extends B implements Shop {}",
            "package com.far; public class B {%s}"),
        sample(
            "full name",
            "class A extends com.far.B implements Shop {}",
            "package com.far; public class B {%s}"),
        sample(
            "static import",
            "import static com.far.B.C; class A extends C implements Shop {}",
            "package com.far; public class B { public static class C {%s} }"),
        sample(
            "default methods",
            "class A implements Shop, B { public boolean alive() { return true; } }",
            "interface B extends C { default void find() {} }",
            "interface C { default void forget() {} }"),
        sample("accessors", "record A(boolean alive, int find, int forget) implements Shop {}"),
        sample("enum", "enum A implements Shop { X; %s }"),
        sample("no concern of its own", "class A extends B {}", "class B implements Shop {%s}"),
        sample(
            "abstract, done below",
            "abstract class A implements Shop {}",
            "class B extends A {%s}"));
  }

  @ParameterizedTest
  @MethodSource
  void complete(Sample sample) throws IOException {
    assertThat(outcome(sample, ALL)).isEmpty();
  }

  static Stream<Sample> incomplete() {
    return Stream.of(
        sample("alone", "class A implements Shop {%s}"),
        sample("annotated", "class A implements @Deprecated Shop {%s}"),
        sample(
            "of another package",
            "package com.far; import com.shop.*; class A implements Shop {%s}"),
        sample("of the JDK", "class A extends Thread implements AutoCloseable, Shop {%s}"),
        sample(
            "nested in one of the JDK",
            "import java.util.Map; class A implements Map.Entry<A, A>, Shop {%s}"),
        sample(
            "abstract methods",
            "class A extends B implements C {}",
            "abstract class B implements Shop { %s public abstract void forget(); }",
            "interface C { void forget(); static void find() {} }"),
        sample("by an interface", "class A implements B {%s}", "interface B extends Shop {}"),
        sample("nested class", "class B { interface C {} class A implements C, Shop {%s} }"),
        sample("below a concrete class", "class B extends A {}", "class A implements Shop {%s}"));
  }

  @ParameterizedTest
  @MethodSource
  void incomplete(Sample sample) throws IOException {
    assertThat(outcome(sample, TWO)).singleElement().asString().matches("(B\\.)?A\\.forget");
  }

  static Stream<Sample> uncertain() {
    return Stream.of(
        sample(
            "A: B, which is not in the sources of this project, may have forget",
            "class A extends B<A> implements Shop {%s}"),
        sample(
            "A: org.lib.B or C, which is not in the sources of this project, may have forget",
            "class A extends org.lib.B implements Shop, C {%s}"),
        sample(
            "A: C, which is not in the sources of this project, may have forget",
            "import com.far.*; class A extends B implements Shop {%s}",
            "package com.far; class B extends C {}"),
        sample(
            "A: subclasses of an abstract class may have forget",
            "abstract class A implements Shop {%s}"),
        sample(
            "A: the constants of an enum may have forget",
            "enum A implements Shop { X { public void forget() {} }; %s }"));
  }

  @ParameterizedTest
  @MethodSource
  void uncertain(Sample sample) throws IOException {
    assertThat(outcome(sample, TWO)).containsExactly(sample.name);
  }

  private static Sample sample(String name, String... sources) {
    return new Sample(name, List.of(sources));
  }

  /// What is added, and what is left alone.
  private static List<String> outcome(Sample sample, String methods) throws IOException {
    var files = new ArrayList<JavaFile>();
    for (var source : sample.sources) {
      var text = source.startsWith("package") ? source : "package com.shop; " + source;
      files.add(JavaFile.parse("A.java", text.replace("%s", methods)));
    }
    var hierarchy = new Hierarchy(files, HandlerTest.services());
    var outcome = new ArrayList<String>();
    for (var file : files) {
      var completed = Handler.complete(file, hierarchy);
      outcome.addAll(completed.added());
      outcome.addAll(completed.left());
      JavaFile.parse("A.java", completed.text());
    }
    return outcome;
  }
}
