package io.windhover.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.idl.ThriftCompiler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InputTest {

  @TempDir Path folder;

  @Test
  void readsUpToTheLimit() throws IOException {
    var file = write(ThriftCompiler.MAX_FILE_BYTES);

    assertThat(Input.read(file).bytes()).hasSize(ThriftCompiler.MAX_FILE_BYTES);
    assertThat(Input.read(file).name()).isEqualTo(file.toString());
    assertThat(Input.read(file).isStandard()).isFalse();
  }

  @Test
  void refusesMore() throws IOException {
    var file = write(ThriftCompiler.MAX_FILE_BYTES + 1);

    assertThatThrownBy(() -> Input.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": larger than 16777216 bytes");
  }

  @Test
  void refusesMoreFromTheStandardInput() {
    var input = System.in;
    System.setIn(new ByteArrayInputStream(new byte[ThriftCompiler.MAX_FILE_BYTES + 1]));
    try {
      assertThatThrownBy(() -> Input.read(Path.of("-")))
          .isInstanceOf(IOException.class)
          .hasMessage("<stdin>: larger than 16777216 bytes");
    } finally {
      System.setIn(input);
    }
  }

  @Test
  void commandsSaySo() throws IOException {
    var file = write(ThriftCompiler.MAX_FILE_BYTES + 1).toString();
    var terminal = new Terminal(folder);

    for (var command : new String[] {"fmt", "dump"}) {
      assertThat(terminal.run(command, file)).isEqualTo(1);
      assertThat(terminal.err()).isEqualTo("error: large.thrift: larger than 16777216 bytes\n");
      assertThat(terminal.out()).isEmpty();
    }
  }

  private Path write(int size) throws IOException {
    return Files.write(folder.resolve("large.thrift"), new byte[size]);
  }
}
