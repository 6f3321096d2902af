package io.windhover.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.interop.streams.Note;
import io.windhover.rpc.wire.FrameType;
import io.windhover.rpc.wire.StreamFrame;
import io.windhover.rpc.wire.WireLimits;
import io.windhover.thrift.BinaryReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reads the frames of streams that two Kitex programs exchanged: a file of
/// `resources/kitex/streams`.
final class RecordedStreamsTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "kitex", "streams");
  private static final WireLimits LIMITS = WireLimits.ofMessageBytes(1 << 20);

  /// The magic number, where one of calls has the start of its message.
  private static final String MAGIC = "1000";

  static Stream<Path> files() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsEachFrameAndWritesItAgain(Path file) throws IOException {
    for (var frame : frames(file, "> ", "< ")) {
      var header = read(frame);
      var payload = header.payload();

      switch (header.frame().type()) {
        case DATA -> assertThat(Note.CODEC.read(new BinaryReader(payload))).isNotNull();
        case RST -> assertThat(StreamFrame.readError(payload).message()).isNotEmpty();
        case TRAILER -> {
          if (payload.size() > 0) {
            assertThat(StreamFrame.readError(payload).type()).isEqualTo(6);
          }
        }
        case HEADER, META -> {}
      }
      assertThat(payload.size()).as("bytes left of %s", header.frame()).isZero();
      try (var written = header.frame().write(LIMITS)) {
        assertThat(StreamFrame.read(written, LIMITS)).isEqualTo(header.frame());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void eachSideBeginsWithAHeaderAndTheServerEndsWithATrailer(Path file) throws IOException {
    var client = types(file, "> ");
    var server = types(file, "< ");

    assertThat(client.isEmpty() || client.getFirst() == FrameType.HEADER).isTrue();
    if (!server.isEmpty()) {
      assertThat(server.getFirst()).isEqualTo(FrameType.HEADER);
      assertThat(server.getLast()).isEqualTo(FrameType.TRAILER);
      assertThat(server.subList(1, server.size() - 1)).allMatch(type -> type == FrameType.DATA);
    }
  }

  private record Read(StreamFrame frame, LinkBuffer payload) {}

  private static Read read(byte[] bytes) {
    var buffer = LinkBuffer.wrap(bytes);
    assertThat(StreamFrame.frameBytes(buffer, LIMITS)).isEqualTo(bytes.length);
    return new Read(StreamFrame.read(buffer, LIMITS), buffer);
  }

  private static List<FrameType> types(Path file, String side) throws IOException {
    return frames(file, side).stream().map(frame -> read(frame).frame().type()).toList();
  }

  private static List<byte[]> frames(Path file, String... sides) throws IOException {
    var frames = new ArrayList<byte[]>();
    for (var line : Files.readAllLines(file)) {
      boolean isSaid = Stream.of(sides).anyMatch(line::startsWith);
      if (isSaid && line.startsWith(MAGIC, 2 + 2 * Integer.BYTES)) {
        frames.add(Bytes.hex(line.substring(2)));
      }
    }
    return frames;
  }
}
