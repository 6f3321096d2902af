package io.windhover.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.wire.ConnectionKind;
import io.windhover.rpc.wire.FrameType;
import io.windhover.rpc.wire.StreamFrame;
import io.windhover.rpc.wire.WireLimits;
import io.windhover.thrift.ApplicationError;
import io.windhover.thrift.Binary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The frames of streams that Kitex' client and server sent each other.
final class StreamRecordingTest {

  private static final Path FOLDER = Path.of("src", "test", "resources", "kitex", "streams");
  private static final WireLimits LIMITS = WireLimits.ofMessageBytes(1 << 20);

  /// @param number of the line in its file
  record Recorded(String file, int number, Binary bytes) {
    @Override
    public String toString() {
      return file + ":" + number;
    }
  }

  /// Frames of streams; of calls beside them there are some too.
  static Stream<Recorded> frames() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.sorted().toList().stream()
          .flatMap(file -> frames(file).stream())
          .filter(frame -> ConnectionKind.STREAMS == kind(frame));
    }
  }

  private static @Nullable ConnectionKind kind(Recorded frame) {
    try (var in = LinkBuffer.wrap(frame.bytes.toByteArray())) {
      return ConnectionKind.of(in);
    }
  }

  private static List<Recorded> frames(Path file) {
    var frames = new ArrayList<Recorded>();
    try {
      var lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).startsWith("#")) {
          frames.add(
              new Recorded(
                  file.getFileName().toString(),
                  i + 1,
                  Binary.wrap(Bytes.hex(lines.get(i).substring(2)))));
        }
      }
      return frames;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Kitex writes keys in any order, so what we write is compared by its size and read once more.
  @ParameterizedTest
  @MethodSource("frames")
  void readsAndWritesWhatKitexWrote(Recorded recorded) {
    try (var in = LinkBuffer.wrap(recorded.bytes.toByteArray())) {
      int size = in.size();
      assertThat(StreamFrame.frameBytes(in, LIMITS)).isEqualTo(size);

      var frame = StreamFrame.read(in, LIMITS);

      int payload = in.size();
      try (var again = frame.write(LIMITS)) {
        assertThat(again.size() + payload).isEqualTo(size);
        assertThat(StreamFrame.read(again, LIMITS)).isEqualTo(frame);
      }
      if (payload > 0 && frame.type() != FrameType.DATA) {
        var error = StreamFrame.readError(in);
        assertThat(sizeOf(frame, error)).isEqualTo(size);
      }
    }
  }

  private static int sizeOf(StreamFrame frame, ApplicationError error) {
    try (var written = frame.write(LIMITS, error)) {
      return written.size();
    }
  }

  @Test
  void recordingsHaveFramesOfEachKindThatKitexSends() throws IOException {
    var types =
        frames()
            .map(
                recorded -> {
                  try (var in = LinkBuffer.wrap(recorded.bytes.toByteArray())) {
                    return StreamFrame.read(in, LIMITS).type();
                  }
                });

    assertThat(types.distinct())
        .containsExactlyInAnyOrder(
            FrameType.HEADER, FrameType.DATA, FrameType.TRAILER, FrameType.RST);
  }
}
