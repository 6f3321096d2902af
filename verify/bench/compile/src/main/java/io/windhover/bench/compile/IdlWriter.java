package io.windhover.bench.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Makes Thrift files that every compiler accepts, the same ones from the same seed: enums,
/// structs, unions, exceptions, typedefs, constants and services, with comments and annotations,
/// that use one another within a file and across includes.
final class IdlWriter {

  /// A file as people begin with.
  static final String SMALL =
      """
      namespace java bench.small
      namespace go bench.small

      /** One line of an order. */
      struct Item {
        1: required string sku
        2: optional i32 count = 1
      }

      enum State { OPEN = 1, PAID = 2 }

      struct Order {
        1: i64 id
        2: list<Item> items
        3: State state = State.OPEN
      }

      exception NoSuchOrder { 1: string message }

      service Orders {
        Order find(1: i64 id) throws (1: NoSuchOrder missing)
        void put(1: Order order)
      }
      """;

  private static final List<String> SCALARS =
      List.of("bool", "i8", "i16", "i32", "i64", "double", "string", "binary");
  private static final List<String> KEYS = List.of("i32", "i64", "string");
  private static final List<String> WORDS =
      List.of("amount", "buyer", "carrier", "digest", "event", "folder", "group", "height");
  private static final List<String> REQUIREDNESS = List.of("", "", "", "optional ", "required ");

  private final Random random;
  private final String module;
  private final List<String> lines = new ArrayList<>();
  private final List<String> types; // that fields may have, beside scalars
  private final List<String> structs = new ArrayList<>();
  private final List<String> exceptions = new ArrayList<>();
  private String service = ""; // the last one
  private int declared;

  private IdlWriter(String module, List<String> includes, List<String> types, long seed) {
    this.module = module;
    this.types = new ArrayList<>(types);
    this.random = new Random(seed);
    lines.add("namespace java bench." + module);
    lines.add("namespace go bench." + module);
    includes.forEach(include -> lines.add("include \"" + include + ".thrift\""));
  }

  /// Writes files of `totalLines` lines together, and one more which includes all of them.
  ///
  /// @return the latter
  static Path write(Path folder, int totalLines, int files, long seed) throws IOException {
    var modules = new ArrayList<String>();
    var exported = List.<String>of();
    for (int i = 0; i < files; i++) {
      var includes = modules.isEmpty() ? List.<String>of() : List.of(modules.getLast());
      var writer = new IdlWriter("part%02d".formatted(i), includes, exported, seed + i);
      writer.declareUntil(totalLines * (i + 1L) / files - totalLines * (long) i / files);
      Files.write(folder.resolve(writer.module + ".thrift"), writer.lines);
      modules.add(writer.module);
      exported = writer.structs.stream().map(struct -> writer.module + "." + struct).toList();
    }
    var main = folder.resolve("all.thrift");
    Files.write(main, new IdlWriter("all", modules, List.of(), seed).lines);
    return main;
  }

  private void declareUntil(long lineCount) {
    declareException();
    while (lines.size() < lineCount) {
      lines.add("");
      switch (random.nextInt(16)) {
        case 0, 1, 2 -> declareEnum();
        case 3 -> declareTypedef();
        case 4, 5 -> declareConstant();
        case 6, 7 -> declareService();
        case 8 -> declareException();
        case 9 -> declareUnion();
        default -> declareStruct();
      }
    }
    // what is too long is taken back to the last end of a declaration, and filled up
    while (lines.size() > lineCount || !isEnd(lines.getLast())) {
      lines.removeLast();
    }
    structs.removeIf(struct -> !lines.contains("struct " + struct + " {"));
    while (lines.size() < lineCount) {
      lines.add("// line " + (lines.size() + 1));
    }
  }

  private static boolean isEnd(String line) {
    return line.equals("}") || line.startsWith("typedef") || line.startsWith("const");
  }

  private void declareEnum() {
    var name = name("Kind");
    document("");
    lines.add("enum " + name + " {");
    int values = 3 + random.nextInt(12);
    for (int i = 0; i < values; i++) {
      lines.add("  " + word().toUpperCase(Locale.ROOT) + "_" + i + " = " + 2 * i + ",");
    }
    lines.add("}");
    types.add(name);
  }

  private void declareTypedef() {
    var target = type(1);
    var name = name("Alias");
    lines.add("typedef " + target + " " + name);
    types.add(name);
  }

  private void declareConstant() {
    var name = name("LIMIT_");
    lines.add(
        switch (random.nextInt(4)) {
          case 0 -> "const i32 " + name + " = " + random.nextInt(1_000_000);
          case 1 -> "const string " + name + " = \"" + word() + " of " + word() + "\"";
          case 2 -> "const list<i64> " + name + " = [1, 20, 300, " + random.nextInt(1000) + "]";
          default -> "const map<string, i32> " + name + " = {\"one\": 1, \"two\": 2}";
        });
  }

  private void declareStruct() {
    var name = name("Record");
    document("");
    lines.add("struct " + name + " {");
    declareFields(4 + random.nextInt(20));
    lines.add("}");
    structs.add(name);
    types.add(name);
  }

  private void declareUnion() {
    var name = name("Choice");
    document("");
    lines.add("union " + name + " {");
    int arms = 2 + random.nextInt(5);
    for (int i = 1; i <= arms; i++) {
      lines.add("  " + i + ": " + type(0) + " " + word() + i);
    }
    lines.add("}");
    types.add(name);
  }

  /// Adds a doc comment of one line or of several, a plain one, or none.
  private void document(String indent) {
    switch (random.nextInt(4)) {
      case 0 -> lines.add(indent + "/** What is known of one " + word() + ". */");
      case 1 -> {
        lines.add(indent + "/**");
        lines.add(indent + " * The " + word() + " of one " + word() + ", as it was last seen.");
        lines.add(indent + " * Older than the " + word() + ", it may be missing.");
        lines.add(indent + " */");
      }
      case 2 -> lines.add(indent + "// of one " + word());
      default -> {}
    }
  }

  private void declareException() {
    var name = name("Failure");
    lines.add("exception " + name + " {");
    declareFields(1 + random.nextInt(3));
    lines.add("}");
    exceptions.add(name);
  }

  private void declareFields(int count) {
    for (int i = 1; i <= count; i++) {
      if (random.nextInt(4) == 0) {
        document("  ");
      }
      var field = "  " + i + ": " + REQUIREDNESS.get(random.nextInt(REQUIREDNESS.size()));
      lines.add(
          switch (random.nextInt(8)) {
            case 0 -> field + "i32 " + word() + i + " = " + random.nextInt(100);
            case 1 -> field + "string " + word() + i + " = \"" + word() + "\"";
            case 2 -> field + "string " + word() + i + " (go.tag = 'json:\"" + word() + "\"')";
            default -> field + type(0) + " " + word() + i;
          });
    }
  }

  private void declareService() {
    if (structs.isEmpty()) {
      return;
    }
    document("");
    var name = name("Desk");
    boolean extendsLast = !service.isEmpty() && random.nextInt(4) == 0;
    lines.add("service " + name + (extendsLast ? " extends " + service : "") + " {");
    service = name;
    int methods = 2 + random.nextInt(8);
    for (int i = 0; i < methods; i++) {
      lines.add(
          "  %s %s%d(1: %s request, 2: %s %s) throws (1: %s failure)"
              .formatted(
                  random.nextInt(6) == 0 ? "void" : any(structs),
                  word() + declared + "_",
                  i,
                  any(structs),
                  type(0),
                  word(),
                  any(exceptions)));
    }
    lines.add("}");
  }

  private String type(int depth) {
    int kind = random.nextInt(10);
    if (kind < 2 && depth < 2) {
      return "list<" + type(depth + 1) + ">";
    }
    if (kind == 2 && depth < 2) {
      return "map<" + any(KEYS) + ", " + type(depth + 1) + ">";
    }
    if (kind == 3) {
      return "set<" + any(KEYS) + ">";
    }
    return kind < 7 || types.isEmpty() ? any(SCALARS) : any(types);
  }

  private String name(String kind) {
    return kind + ++declared;
  }

  private String word() {
    return any(WORDS);
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
