package io.windhover.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// A program for Linux that was linked with newer libraries than this machine may have: it is
/// changed so that it needs none of them.
///
/// What GCC 13 compiles beside glibc 2.38 calls `__isoc23_strtol` and its like, which are `strtol`
/// with one more notation, `0b11`. The names get their old ends back, and the versions that nothing
/// is left of are marked as weak, so that the loader misses them with a warning. Debian 12 would
/// not start the program otherwise.
///
/// The layout is that of ELF for 64 bits, little-endian, and of the symbol versions in the Linux
/// Standard Base.
final class ElfProgram {
  private static final String NEWER_PREFIX = "__isoc23_";
  private static final Set<String> NEWER_VERSIONS = Set.of("GLIBC_2.38", "GLIBCXX_3.4.32");
  private static final String LIBC = "libc.so.6";
  private static final String OLDEST_VERSION = "GLIBC_2.2.5";

  private static final int DYNAMIC_SYMBOLS = 11;
  private static final int VERSIONS_OF_SYMBOLS = 0x6fff_ffff;
  private static final int NEEDED_VERSIONS = 0x6fff_fffe;

  private static final int SYMBOL_BYTES = 24;
  private static final short WEAK = 2;

  private final byte[] content;
  private final ByteBuffer bytes; // the same

  private ElfProgram(byte[] content) {
    this.content = content;
    this.bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// A table of the file, and where it has its texts.
  private record Section(int offset, int size, int texts) {}

  static void forOlderLibraries(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      var program = new ElfProgram(content);
      program.renameSymbols(program.weakenVersions());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the number of the version that each glibc for this processor has.
  private short weakenVersions() {
    var section = section(NEEDED_VERSIONS);
    short oldest = 0;
    int library = section.offset;
    for (int toNext = -1; toNext != 0; library += toNext) {
      boolean isLibc = text(section, library + 4).equals(LIBC);
      int version = library + bytes.getInt(library + 8);
      for (int left = bytes.getShort(library + 2); left > 0; left--) {
        var name = text(section, version + 8);
        if (NEWER_VERSIONS.contains(name)) {
          bytes.putShort(version + 4, WEAK);
        } else if (isLibc && name.equals(OLDEST_VERSION)) {
          oldest = bytes.getShort(version + 6);
        }
        version += bytes.getInt(version + 12);
      }
      toNext = bytes.getInt(library + 12);
    }
    return oldest;
  }

  private void renameSymbols(short version) {
    var symbols = section(DYNAMIC_SYMBOLS);
    var versions = section(VERSIONS_OF_SYMBOLS);
    for (int i = 0; i < symbols.size / SYMBOL_BYTES; i++) {
      int symbol = symbols.offset + i * SYMBOL_BYTES;
      if (text(symbols, symbol).startsWith(NEWER_PREFIX)) {
        bytes.putInt(symbol, bytes.getInt(symbol) + NEWER_PREFIX.length());
        bytes.putShort(versions.offset + i * Short.BYTES, version);
      }
    }
  }

  private Section section(int type) {
    int header = header(0);
    for (int i = 1; bytes.getInt(header + 4) != type; i++) {
      header = header(i);
    }
    int texts = header(bytes.getInt(header + 40));
    return new Section(
        (int) bytes.getLong(header + 24),
        (int) bytes.getLong(header + 32),
        (int) bytes.getLong(texts + 24));
  }

  private int header(int section) {
    return (int) bytes.getLong(40) + section * bytes.getShort(58);
  }

  /// Returns the text that the number at `place` points to.
  private String text(Section section, int place) {
    int start = section.texts + bytes.getInt(place);
    int end = start;
    while (bytes.get(end) != 0) {
      end++;
    }
    return new String(content, start, end - start, US_ASCII);
  }
}
