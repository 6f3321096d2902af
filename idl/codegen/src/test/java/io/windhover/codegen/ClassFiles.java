package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Files;
import java.nio.file.Path;

/// What is compiled, read as class files.
final class ClassFiles {
  private static final int LARGEST_COMPILED_METHOD = 8_000; // HotSpot's HugeMethodLimit

  private ClassFiles() {}

  /// Checks that HotSpot compiles all methods below a folder. Initializers run once and need not
  /// be.
  static void assertThatAllMethodsAreCompiled(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".class")))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(ClassFile.of().parse(file).methods())
                      .filteredOn(method -> !method.methodName().equalsString("<clinit>"))
                      .allSatisfy(
                          method ->
                              assertThat(size(method))
                                  .as("%s", method)
                                  .isLessThan(LARGEST_COMPILED_METHOD)));
    }
  }

  private static int size(MethodModel method) {
    return method.findAttribute(Attributes.code()).map(CodeAttribute::codeLength).orElse(0);
  }
}
