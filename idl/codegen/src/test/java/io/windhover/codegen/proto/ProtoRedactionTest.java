package io.windhover.codegen.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `debug_redact` keeps out of texts.
final class ProtoRedactionTest {

  @Test
  void aRedactedValueDoesNotShow(@TempDir Path classes) {
    var codec =
        ProtoGenerated.loadText(
                classes,
                """
                syntax = "proto3";
                message M {
                  string name = 1;
                  string password = 2 [debug_redact = true];
                  optional int32 pin = 3 [debug_redact = true];
                  oneof secret { string token = 4 [debug_redact = true]; }
                }
                """)
            .codec("test.M");
    byte[] bytes = HexFormat.of().parseHex("0a0161" + "120162" + "1807" + "220163");

    assertThat(codec.fromBytes(bytes))
        .hasToString(
            "M[name=a, password=<redacted>, pin=<redacted>, secret=Token[value=<redacted>]]");
    assertThat(codec.create()).hasToString("M[name=, password=<redacted>, pin=null, secret=null]");
  }
}
