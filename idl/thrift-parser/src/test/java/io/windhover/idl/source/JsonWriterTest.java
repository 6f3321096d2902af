package io.windhover.idl.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JsonWriterTest {

  @Test
  void writesAMemberALine() {
    var json = new JsonWriter().beginObject();
    json.name("a").value(1).name("b").beginArray().value(true).value(-0.5).endArray();
    json.name("c").beginObject().endObject().name("d").beginArray().endArray();
    json.endObject();

    assertThat(json)
        .hasToString(
            """
            {
              "a": 1,
              "b": [
                true,
                -0.5
              ],
              "c": {},
              "d": []
            }
            """);
  }

  @Test
  void escapesWhatJsonAndTerminalsRefuse() {
    var text = "\"\\\n\r\t\0\u001b\u009b\u2028 \u00e9 \ud83d\ude00 \ud83d \ude00";

    assertThat(new JsonWriter().value(text))
        .hasToString(
            "\"\\\"\\\\\\n"
                + "\\r"
                + "\\t\\u0000\\u001b\\u009b\\u2028 \u00e9 \ud83d\ude00 \\ud83d \\ude00\"\n");
  }
}
