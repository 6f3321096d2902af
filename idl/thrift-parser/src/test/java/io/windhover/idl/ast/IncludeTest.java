package io.windhover.idl.ast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IncludeTest {

  @ParameterizedTest
  @CsvSource({"a.thrift, a", "x/y/a.b.thrift, a.b", "C:\\x\\a.thrift, a", "a.idl, a.idl", "'', ''"})
  void makesNamesVisibleWithoutFoldersAndExtension(String path, String name) {
    assertThat(Include.prefix(path)).isEqualTo(name);
  }
}
