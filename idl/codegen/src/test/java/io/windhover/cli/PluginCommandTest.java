package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.ThriftCompiler;
import io.windhover.thriftgo.AstEncoder;
import io.windhover.thriftgo.Request;
import io.windhover.thriftgo.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class PluginCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @Test
  void answersARequest() {
    var compilation =
        ThriftCompiler.compile(Map.of("a.thrift", "struct A {}"), List.of("a.thrift"));
    var tree = new AstEncoder().encode(compilation.roots().getFirst());
    var request = new Request("1", List.of(), List.of(), "go", "out", true, tree);

    assertThat(run(request.write())).isEqualTo(0);
    assertThat(Response.read(out.toByteArray()).contents().orElseThrow())
        .extracting(it -> it.name().orElseThrow())
        .containsExactly("out/a/A.java");
  }

  @Test
  void refusesAnythingElse() {
    assertThat(run(new byte[] {71, 69, 84, 32})).isEqualTo(1);
    assertThat(err.toString()).startsWith("not a request of Thriftgo: ");
    assertThat(out.size()).isEqualTo(0);
  }

  private int run(byte[] input) {
    return new CommandLine(new PluginCommand(new ByteArrayInputStream(input), out))
        .setErr(new PrintWriter(err, true))
        .execute();
  }
}
