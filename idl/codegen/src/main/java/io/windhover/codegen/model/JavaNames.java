package io.windhover.codegen.model;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a name of the IDL is spelled in Java.
///
/// Members are camel case and types begin with a capital; a name that Java or the generated class
/// already uses gets a trailing `_`, whatever the reason.
public final class JavaNames {

  /// The library types that generated code mentions, by simple name.
  public static final Map<String, String> LIBRARY = library();

  private static final String JAVA = "java";

  private static final Pattern LETTER = Pattern.compile("_*[A-Za-z]");

  /// The words that Java keeps for itself everywhere.
  public static final Set<String> KEYWORDS =
      words(
          """
          _ abstract assert boolean break byte case catch char class const continue default do double
          else enum extends false final finally float for goto if implements import instanceof int
          interface long native new null package private protected public return short static strictfp
          super switch synchronized this throw throws transient true try void volatile while
          """);

  /// Methods that every object has. Their names are taken even where the parameters would differ.
  private static final Set<String> OBJECT_METHODS =
      words("clone equals finalize getClass hashCode notify notifyAll toString wait");

  private JavaNames() {}

  /// Returns the set of the words in `text`.
  public static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  /// Spells a type: as in the IDL if it begins like a type of Java, else so that it does. (A type
  /// with the name of a variable would be hidden by it.)
  public static String type(String idlName) {
    var name = Character.isLowerCase(idlName.charAt(0)) ? pascalCase(idlName) : idlName;
    if (!LETTER.matcher(name).lookingAt()) {
      name = "T" + name; // `_` and `_1` are names of variables
    }
    return KEYWORDS.contains(name) || ReservedNames.OF_TYPES.contains(name) ? name + "_" : name;
  }

  /// Spells a constant: as in the IDL, unless the word is reserved or among `taken`.
  public static String constant(String idlName, Set<String> taken) {
    return free(idlName, taken);
  }

  /// Spells the method that makes a constant: as in the IDL, unless Java or [Object] has the word.
  public static String constantMethod(String idlName) {
    return free(idlName, OBJECT_METHODS);
  }

  /// Spells a field or method in camel case, avoiding the words of Java, the methods of [Object]
  /// and `taken`.
  public static String member(String idlName, Set<String> taken) {
    var name = camelCase(idlName);
    return free(OBJECT_METHODS.contains(name) ? name + "_" : name, taken);
  }

  /// Spells a parameter, which may have the name of a method, in camel case.
  public static String parameter(String idlName, Set<String> taken) {
    return free(camelCase(idlName), taken);
  }

  private static String free(String name, Set<String> taken) {
    var free = name;
    while (KEYWORDS.contains(free) || taken.contains(free)) {
      free += "_";
    }
    return free;
  }

  /// Turns `userId` into `USER_ID`, behind a prefix. Each capital begins a word, so that different
  /// names stay different.
  public static String upperCase(String prefix, String camelCase) {
    return prefix + camelCase.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
  }

  /// Spells the name of something as a part of a type's name: `get_user` is `GetUser`.
  public static String pascalCase(String idlName) {
    return capitalize(camelCase(idlName));
  }

  public static String decapitalized(String name) {
    return lower(name.substring(0, 1)) + name.substring(1);
  }

  public static String capitalize(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /// Spells each part of a dotted package so that Java takes it. The first part is not `java`: the
  /// JVM loads no class of ours from there.
  public static String packageName(String dotted) {
    var name = spelled(dotted);
    return name.equals(JAVA) || name.startsWith(JAVA + ".")
        ? JAVA + "_" + name.substring(JAVA.length())
        : name;
  }

  /// Returns the first part of a package or of a qualified name.
  public static String root(String qualified) {
    int dot = qualified.indexOf('.');
    return dot < 0 ? qualified : qualified.substring(0, dot);
  }

  private static String spelled(String dotted) {
    return Stream.of(dotted.split("\\."))
        .map(part -> KEYWORDS.contains(part) ? part + "_" : part)
        .map(part -> Character.isDigit(part.charAt(0)) ? "_" + part : part)
        .collect(Collectors.joining("."));
  }

  /// Turns `user_id`, `UserId` and `USER_ID` into `userId`.
  public static String camelCase(String idlName) {
    var text = idlName.chars().noneMatch(Character::isLowerCase) ? lower(idlName) : idlName;
    var name = new StringBuilder();
    for (var word : text.split("_", -1)) {
      if (!word.isEmpty()) {
        name.append(name.isEmpty() ? decapitalize(word) : capitalize(word));
      }
    }
    if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
      name.insert(0, '_');
    }
    return name.append(trailingUnderscores(idlName)).toString();
  }

  /// Returns the underscores at the end, by which some IDLs tell two names apart.
  private static String trailingUnderscores(String name) {
    int end = name.length();
    while (end > 1 && name.charAt(end - 1) == '_') {
      end--;
    }
    return name.substring(end);
  }

  /// Turns `UserId` into `userId`, `URLPath` into `urlPath`, `ID` into `id`.
  private static String decapitalize(String word) {
    int run = 0;
    while (run < word.length() && Character.isUpperCase(word.charAt(run))) {
      run++;
    }
    int lowered =
        run > 1 && run < word.length() && Character.isLowerCase(word.charAt(run)) ? run - 1 : run;
    return lower(word.substring(0, lowered)) + word.substring(lowered);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> library() {
    var names = new TreeMap<String, String>();
    addAll(
        names,
        "java.lang",
        "Boolean Byte Double Integer Long Math Object Override Short String SafeVarargs"
            + " SuppressWarnings Void");
    addAll(
        names,
        "java.util",
        "ArrayList Collections LinkedHashMap LinkedHashSet List Map Objects Set UUID");
    addAll(names, "java.util.concurrent", "CompletionStage");
    addAll(names, "java.nio.charset", "StandardCharsets");
    addAll(names, "java.util.regex", "Pattern");
    addAll(
        names,
        "io.windhover.thrift",
        """
        Binary Scalars StructCodec StructHash StructText ThriftException ThriftProtocolException
        ThriftReader ThriftType ThriftWriter UnknownFields ValueCodec
        """);
    addAll(names, "io.windhover.buffer.list", "DoubleList IntList LongList");
    addAll(names, "io.windhover.thrift.call", "Arguments Result Signature StreamCodec");
    addAll(
        names,
        "io.windhover.thrift.descriptor",
        "EnumDescriptor FileDescriptor ServiceDescriptor StructDescriptor");
    addAll(names, "io.windhover.thrift.validation", "Functions Validated Validation");
    addAll(
        names,
        "io.windhover.rpc",
        """
        AsyncCalls BidiStream Caller ClientStream Method Operation Service StreamCaller
        StreamOperation StreamReceiver StreamSender Streams
        """);
    return Map.copyOf(names);
  }

  private static void addAll(Map<String, String> names, String packageName, String simpleNames) {
    for (var simple : words(simpleNames)) {
      names.put(simple, packageName + "." + simple);
    }
  }
}
