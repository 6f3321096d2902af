package io.windhover.codegen.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class FieldCodeTest {

  @Test
  void expectsNoTagThatTheReaderNeverFindsToBeNext() {
    var text =
        """
        syntax = "proto3";
        message M {
          int32 a = 1;
          int32 b = 2047;
          int32 c = 2048;
          repeated int32 d = 5000;
        }
        """;

    var code = ProtoGenerated.sources(Map.of("m.proto", text)).getFirst().content();

    assertThat(code)
        .contains("isNext(2047 <<", "case 2048 <<", "case 5000 <<")
        .doesNotContain("isNext(2048", "isNext(5000");
  }
}
