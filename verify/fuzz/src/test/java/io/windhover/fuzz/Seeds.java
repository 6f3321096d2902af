package io.windhover.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What Jazzer begins with: the Thrift files of other modules' tests, what was recorded between
/// Kitex peers, and in `src/test/resources/found` the inputs that found a fault.
final class Seeds {
  private static final Path FOUND = Path.of("src", "test", "resources", "found");
  private static final Path RECORDINGS =
      Path.of("..", "conformance", "src", "test", "resources", "kitex");
  private static final List<Path> IDLS =
      List.of(
          Path.of("..", "..", "idl", "thrift-parser", "src", "test", "resources"),
          Path.of("..", "..", "idl", "codegen", "src", "test", "resources"),
          Path.of("..", "interop", "src"));
  private static final int STRUCT_BYTES = 48;

  private Seeds() {}

  static List<byte[]> of(Target target) throws IOException {
    var seeds = new ArrayList<byte[]>();
    switch (target) {
      case IDL, GENERATE -> addIdls(seeds);
      case FRAME, STREAM -> addRecordings(seeds);
      case BINARY, COMPACT -> addStructs(seeds);
      case CANARY -> {}
    }
    var found = FOUND.resolve(target.name().toLowerCase(Locale.ROOT));
    if (Files.exists(found)) { // once something was
      for (var file : files(found)) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    return seeds;
  }

  private static void addIdls(List<byte[]> seeds) throws IOException {
    for (var folder : IDLS) {
      for (var file : files(folder)) {
        if (file.toString().endsWith(".thrift")) {
          for (var part : Files.readString(file).split("\\n\\n", -1)) {
            seeds.add(part.getBytes(UTF_8)); // short, or each try takes long
          }
        }
      }
    }
  }

  private static void addRecordings(List<byte[]> seeds) throws IOException {
    for (var file : files(RECORDINGS)) {
      for (var line : Files.readAllLines(file)) {
        if (line.startsWith(">") || line.startsWith("<")) {
          seeds.add(HexFormat.of().parseHex(line.substring(1).replace(" ", "")));
        }
      }
    }
  }

  /// Fields of every type code, which some of the structs know.
  private static void addStructs(List<byte[]> seeds) {
    for (int codec = 0; codec < Structs.CODECS.size(); codec++) {
      for (int type = 1; type <= 16; type++) {
        var bytes = new byte[STRUCT_BYTES];
        bytes[0] = (byte) codec;
        bytes[1] = (byte) type;
        bytes[3] = (byte) type;
        bytes[4] = (byte) type;
        seeds.add(bytes);
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
