package io.windhover.examples.greeter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.proto.KitexProtobuf;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The service of the guide to Protobuf.
@Timeout(20)
final class GreeterTest {
  private static final Path GUIDE = Path.of("..", "docs", "guides", "protobuf.md");
  private static final Path HERE =
      Path.of("src", "test", "java", "io", "windhover", "examples", "greeter");

  @Test
  void greets() throws IOException {
    try (var server =
            Server.builder()
                .port(0)
                .payloadCodec(new KitexProtobuf())
                .service(GreeterService.serve(name -> StringValue.of("Hello, " + name.getValue())))
                .start();
        var client =
            Client.builder("127.0.0.1:" + server.port())
                .payloadCodec(new KitexProtobuf())
                .build()) {
      var answer = GreeterService.on(client).greet(StringValue.of("Ada"));

      assertThat(answer.getValue()).isEqualTo("Hello, Ada");
    }
  }

  @Test
  void isWhatTheGuideShows() throws IOException {
    var block = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    var shown =
        block
            .matcher(Files.readString(GUIDE))
            .results()
            .map(found -> found.group(1))
            .filter(code -> code.contains("interface GreeterService"))
            .findFirst()
            .orElseThrow();
    var types = shown.split("\\n\\n(?=final)", -1);

    assertThat(Files.readString(HERE.resolve("GreeterService.java"))).contains(types[0]);
    assertThat(Files.readString(HERE.resolve("GreeterCalls.java"))).contains(types[1]);
  }
}
