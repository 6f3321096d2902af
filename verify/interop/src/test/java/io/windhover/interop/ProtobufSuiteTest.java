package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Generated messages in the conformance suite of Protobuf: of proto2, proto3 and editions, groups
/// and sets of messages among them. The cases with JSON and the text format are skipped.
@Timeout(180)
final class ProtobufSuiteTest {

  /// Those that ask for the binary format in the binary format; as `docs/guides/protobuf.md` says.
  private static final int BINARY_CASES = 2_805;

  @TempDir Path folder;

  @Test
  void generatedMessagesPassEachCaseInTheBinaryFormat() throws IOException {
    var suite = ProtobufSuite.orAbort();
    var program = suite.compile(Files.createDirectory(folder.resolve("classes")));

    var end = suite.run(program, folder.resolve("suite.log"));

    assertThat(end.output())
        .contains("CONFORMANCE SUITE PASSED: %d successes".formatted(BINARY_CASES))
        .doesNotContain("FAILED");
    assertThat(end.exit()).as(end.output()).isZero();
  }
}
