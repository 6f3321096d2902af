package io.windhover.source;

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
  void writesAnElementALine() {
    var json = JsonWriter.ofLines().beginArray();
    json.beginObject().name("a").value(1).name("b").beginArray().value(2).value(3).endArray();
    json.endObject().beginObject().endObject().endArray();

    assertThat(json).hasToString("[\n{\"a\":1,\"b\":[2,3]},\n{}\n]\n");
    assertThat(JsonWriter.ofLines().beginArray().endArray()).hasToString("[]\n");
  }

  @Test
  void escapesWhatJsonAndTerminalsRefuse() {
    var text = "\"\\\n\r\t\0\u001b\u009b\u202e\u2028 \u00e9 \ud83d\ude00 \ud83d \ude00";

    assertThat(new JsonWriter().value(text))
        .hasToString(
            "\"\\\"\\\\\\n"
                + "\\r"
                + "\\t\\u0000\\u001b\\u009b\\u202e\\u2028 \u00e9 \ud83d\ude00 \\ud83d \\ude00\"\n");
  }
}
