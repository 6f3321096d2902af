package io.windhover.codegen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Two Thrift files without an error, one of which includes the other, put together by chance: with
/// names that Java or the generated code has a use for, types of types, defaults, and texts that
/// would be code if they were not quoted.
final class RandomIdl {

  private static final List<String> WORDS =
      List.of(
          """
          a _ __ _1 x1 order Order unit_price HTTPHeader is_ok class new
          goto null this super default switch yield record var sealed permits when module open
          String List Map Set Objects Override Integer Boolean Binary UnknownFields ThriftReader
          ThriftWriter StructCodec Codec Builder Known Unknown Stub Checks Caller Service Method
          equals hashCode toString getClass wait notify clone finalize value values valueOf of on
          serve codec copy other out in header length size key entry element read write builder
          build toBuilder deepCopy validate unknownFields message getMessage cause code io java
          com windhover Object Exception Throwable Math System
          """
              .strip()
              .split("\\s+"));

  /// What would end a text, a comment or a line of the generated source.
  private static final List<String> TEXTS =
      List.of(
          "",
          "plain",
          "é 中 🪁",
          "'; Pwned(); '",
          "\\\"; Pwned(); //",
          "\\\\u0022; Pwned(); //",
          "\\\\",
          "*/ Pwned(); /*",
          "\\n\\r\\t",
          "${Pwned} %s {@code",
          "\\\"\\\"\\\"",
          "\u2028");

  private static final List<String> DOCS =
      List.of(
          "plain",
          "\\u002a\\u002f Pwned(); \\u002f\\u002a",
          "\\u000a Pwned();",
          "@param Pwned {@link Pwned} {@snippet : Pwned }",
          "<script>&amp; <b> [Pwned] [a](b) `",
          "```\n * Pwned();\n * ```java\n",
          "C:\\users \\");

  private static final List<String> BASE_TYPES =
      List.of("bool", "byte", "i8", "i16", "i32", "i64", "double", "string", "binary", "uuid");

  private final Random random;

  /// What the rest of a file may use, as it has to be written there.
  private final List<Named> types = new ArrayList<>();

  private final List<String> exceptions = new ArrayList<>();

  /// @param defaults values that fit the type, if there are any
  private record Named(String name, boolean isKey, List<String> defaults) {}

  private RandomIdl(long seed) {
    this.random = new Random(seed);
  }

  /// Returns the files by name; `main.thrift` includes the other.
  static Map<String, String> of(long seed) {
    var idl = new RandomIdl(seed);
    var base = idl.file("com.example.base", "");
    idl.prefix("base.");
    var main = idl.file("com.example.main", "include 'base.thrift'\n");
    return Map.of("base.thrift", base, "main.thrift", main);
  }

  private void prefix(String prefix) {
    types.replaceAll(
        it ->
            new Named(
                prefix + it.name,
                it.isKey,
                it.defaults.stream().map(value -> value.replace("@", "@" + prefix)).toList()));
    exceptions.replaceAll(it -> prefix + it);
  }

  private String file(String namespace, String head) {
    var text = new StringBuilder(head);
    var style = random.nextBoolean() ? "class" : "record";
    text.append("namespace java %s (windhover.style = '%s'".formatted(namespace, style));
    text.append(", windhover.async = '%s')\n".formatted(random.nextBoolean()));
    var names = names().iterator();
    int count = 4 + random.nextInt(9);
    for (int i = 0; i < count; i++) {
      text.append(doc()).append(definition(names.next())).append('\n');
    }
    var methods = names().iterator();
    var service = names.next();
    text.append(service(service, "", methods));
    text.append(service(names.next(), " extends " + service, methods));
    return text.toString();
  }

  private String definition(String name) {
    return switch (random.nextInt(7)) {
      case 0 -> enumeration(name);
      case 1 -> typedef(name);
      case 2 -> struct(name, "union");
      case 3 -> {
        exceptions.add(name);
        yield struct(name, "exception");
      }
      case 4 -> constant(name);
      default -> struct(name, "struct");
    };
  }

  private String enumeration(String name) {
    var names = names();
    int count = random.nextInt(6);
    var items =
        repeated(
            count,
            i -> doc() + names.get(i) + (random.nextBoolean() ? " = " + number() : "") + ", ");
    var values = names.subList(0, count).stream().map(it -> "@" + name + "." + it).toList();
    types.add(new Named(name, true, values));
    return "enum %s {%s}".formatted(name, items);
  }

  private String typedef(String name) {
    var target = type(2);
    types.add(new Named(name, target.isKey, target.defaults));
    return "typedef %s %s".formatted(target.name, name);
  }

  private String struct(String name, String kind) {
    var names = names();
    var ids = ids();
    var fields =
        repeated(random.nextInt(9), i -> doc() + field(ids.get(i), names.get(i), kind, name) + " ");
    types.add(new Named(name, kind.equals("struct"), List.of()));
    return "%s %s {%s}".formatted(kind, name, fields);
  }

  private String field(int id, String name, String kind, String struct) {
    if (random.nextInt(8) == 0 && !kind.equals("exception")) {
      var word = kind.equals("union") ? "" : "optional ";
      return "%s: %slist<%s> %s".formatted(id, word, struct, name); // its own type
    }
    var type = type(3);
    if (kind.equals("union")) {
      return "%s: %s %s".formatted(id, type.name, name);
    }
    var word = pick(List.of("", "", "optional ", "required "));
    return "%s: %s%s %s%s".formatted(id, word, type.name, name, defaultOf(type));
  }

  private String defaultOf(Named type) {
    return type.defaults.isEmpty() || random.nextBoolean()
        ? ""
        : " = " + pick(type.defaults).replace("@", "");
  }

  private String constant(String name) {
    var type = type(3);
    return type.defaults.isEmpty()
        ? "const string %s = \"%s\"".formatted(name, pick(TEXTS))
        : "const %s %s = %s".formatted(type.name, name, pick(type.defaults).replace("@", ""));
  }

  private String service(String name, String base, Iterator<String> methods) {
    var body = repeated(random.nextInt(4), i -> doc() + method(methods.next()) + "\n");
    return "%sservice %s%s {\n%s}\n".formatted(doc(), name, base, body);
  }

  private String method(String name) {
    var names = names();
    var ids = ids();
    var arguments =
        repeated(
            random.nextInt(4), i -> "%s: %s %s ".formatted(ids.get(i), type(2).name, names.get(i)));
    if (random.nextInt(5) == 0) {
      return "oneway void %s(%s)".formatted(name, arguments);
    }
    var thrown = new ArrayList<>(exceptions);
    Collections.shuffle(thrown, random);
    var some = thrown.subList(0, Math.min(thrown.size(), random.nextInt(3)));
    var clause =
        repeated(some.size(), i -> "%s: %s e%s ".formatted(i + 1, some.get(i), names.get(i + 9)));
    var returned = random.nextInt(4) == 0 ? "void" : type(2).name;
    return "%s %s(%s) throws (%s)".formatted(returned, name, arguments, clause);
  }

  private Named type(int depth) {
    int kind = random.nextInt(depth > 0 ? 10 : 6);
    if (kind < 3 || (kind < 6 && types.isEmpty())) {
      return base(pick(BASE_TYPES));
    }
    if (kind < 6) {
      return pick(types);
    }
    var element = type(depth - 1);
    if (kind < 8) {
      return container("list<%s>", element, "[%s]");
    }
    var key = element.isKey ? element : base("string");
    if (kind == 8) {
      return container("set<%s>", key, "[%s]");
    }
    var value = type(depth - 1);
    var name = "map<%s, %s>".formatted(key.name, value.name);
    boolean hasDefaults = !key.defaults.isEmpty() && !value.defaults.isEmpty();
    return new Named(
        name,
        false,
        hasDefaults
            ? List.of("{}", "{%s: %s}".formatted(pick(key.defaults), pick(value.defaults)))
            : List.of("{}"));
  }

  private Named container(String form, Named element, String literal) {
    var name = form.formatted(element.name);
    return new Named(
        name,
        false,
        element.defaults.isEmpty()
            ? List.of("[]")
            : List.of("[]", literal.formatted(pick(element.defaults))));
  }

  private Named base(String type) {
    boolean isKey = !type.equals("double") && !type.equals("binary");
    return new Named(
        type,
        isKey,
        switch (type) {
          case "bool" -> List.of("true", "false");
          case "byte", "i8" -> List.of("0", "127", "-128");
          case "i16" -> List.of("0", "32767", "-32768");
          case "i32" -> List.of("0", "2147483647", "-2147483648");
          case "i64" -> List.of("0", "9223372036854775807", "-9223372036854775808");
          case "double" -> List.of("0", "1.5", "-1e300", "4.9e-324");
          case "uuid" -> List.of("'00112233-4455-6677-8899-aabbccddeeff'");
          default -> TEXTS.stream().map(it -> '"' + it + '"').toList();
        });
  }

  private String doc() {
    return random.nextInt(3) == 0 ? "/** " + pick(DOCS) + " */ " : "";
  }

  private String number() {
    return Integer.toString(random.nextBoolean() ? random.nextInt(10) : random.nextInt());
  }

  /// Words that stay apart in Java, in any order.
  private List<String> names() {
    var words = new ArrayList<>(WORDS);
    Collections.shuffle(words, random);
    Set<String> seen = new HashSet<>();
    words.removeIf(it -> !seen.add(it.replace("_", "").toLowerCase(Locale.ROOT)));
    return words;
  }

  private List<Integer> ids() {
    return random.ints(1, 400).distinct().limit(20).boxed().toList();
  }

  private <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private static String repeated(int count, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining());
  }
}
