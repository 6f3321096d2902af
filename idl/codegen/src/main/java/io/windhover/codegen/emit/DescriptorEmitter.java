package io.windhover.codegen.emit;

import io.windhover.codegen.model.ClassLimits;
import io.windhover.codegen.model.DocText;
import io.windhover.codegen.model.JavaLiterals;
import io.windhover.codegen.model.JavaSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Emits the class that holds the descriptor of a file.
public final class DescriptorEmitter {

  /// As many bytes as a constant of a class file can have are 65,535.
  private static final int MAX_PART_BYTES = 60_000;

  private static final int PIECE = 72;

  private final JavaSource out;
  private final String name;

  public DescriptorEmitter(JavaSource out, String name) {
    this.out = out;
    this.name = name;
  }

  /// @param idl the file's name
  /// @param includes the classes of the files that it includes
  /// @param encoded what [DescriptorEncoder] has made of it
  public void emit(String idl, List<String> includes, String encoded) {
    out.docText("What " + DocText.escape(idl) + " says.");
    out.code("public final class %s {".formatted(name));
    out.docText("Decoded when it is first asked for.");
    out.code("public static final `FileDescriptor` DESCRIPTOR =");
    out.code("    `FileDescriptor`.decode(");
    out.code(
        "        `List`.of(%s),"
            .formatted(
                includes.stream()
                    .map("`%s`.DESCRIPTOR"::formatted)
                    .collect(Collectors.joining(", "))));
    var parts = parts(encoded);
    for (int i = 0; i < parts.size(); i++) {
      part(parts.get(i), i + 1 < parts.size() ? "," : ");");
    }
    out.blank();
    out.code("private %s() {}".formatted(name));
    out.code("}");
  }

  private void part(List<String> pieces, String end) {
    for (int i = 0; i < pieces.size(); i++) {
      out.code(
          "        %s%s%s"
              .formatted(
                  i == 0 ? "" : "    + ",
                  JavaLiterals.quote(pieces.get(i)),
                  i + 1 < pieces.size() ? "" : end));
    }
  }

  /// Cuts the text into constants, and each of them into lines.
  private static List<List<String>> parts(String text) {
    var parts = new ArrayList<List<String>>();
    var part = new ArrayList<String>();
    int bytes = 0;
    for (int from = 0; from < text.length(); from += PIECE) {
      var piece = text.substring(from, Math.min(from + PIECE, text.length()));
      int size = ClassLimits.bytes(piece);
      if (bytes + size > MAX_PART_BYTES) {
        parts.add(List.copyOf(part));
        part.clear();
        bytes = 0;
      }
      part.add(piece);
      bytes += size;
    }
    parts.add(part);
    return parts;
  }
}
