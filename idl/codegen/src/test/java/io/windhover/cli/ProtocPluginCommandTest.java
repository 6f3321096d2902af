package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.proto.DescriptorWriter;
import io.windhover.proto.ProtoCompiler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class ProtocPluginCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @Test
  void answersARequest() {
    var file = ProtoCompiler.compile(Map.of("a", "message A {}"), List.of("a")).roots().getFirst();
    var descriptor = DescriptorWriter.complete().file(file);
    var request = new ByteArrayOutputStream();
    request.writeBytes(new byte[] {10, 1, 'a', 122, (byte) descriptor.length});
    request.writeBytes(descriptor);

    assertThat(run(request.toByteArray())).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("a/A.java", "class A ");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void refusesAnythingElse() {
    assertThat(run(new byte[] {71, 69, 84, 32})).isEqualTo(1);
    assertThat(err.toString()).startsWith("not a request of protoc: ");
    assertThat(out.size()).isEqualTo(0);
  }

  private int run(byte[] input) {
    return new CommandLine(new ProtocPluginCommand(new ByteArrayInputStream(input), out))
        .setErr(new PrintWriter(err, true))
        .execute();
  }
}
