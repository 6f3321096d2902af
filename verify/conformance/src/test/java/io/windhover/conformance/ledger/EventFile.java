package io.windhover.conformance.ledger;

import java.io.BufferedInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Events of one process, in a file that is only ever appended to: each is a write of its own,
/// which the kernel keeps when the process is killed. Not a [java.nio.channels.FileChannel], which
/// the interrupt of a handler would close.
final class EventFile implements AutoCloseable {

  private final FileOutputStream out;

  EventFile(Path file) {
    try {
      out = new FileOutputStream(file.toFile(), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(Event event) {
    var bytes = ByteBuffer.allocate(Event.BYTES);
    event.write(bytes);
    try {
      out.write(bytes.array()); // one system call, and so whole between those of other threads
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  static void read(Path file, Consumer<Event> reader) throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(file))) {
      var bytes = new byte[Event.BYTES];
      while (in.readNBytes(bytes, 0, bytes.length) == bytes.length) {
        reader.accept(Event.read(ByteBuffer.wrap(bytes)));
      }
    }
  }
}
