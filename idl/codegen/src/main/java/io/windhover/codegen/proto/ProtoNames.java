package io.windhover.codegen.proto;

import io.windhover.codegen.model.JavaNames;
import io.windhover.proto.EnumType;
import io.windhover.proto.EnumValue;
import io.windhover.proto.Field;
import io.windhover.proto.MessageType;
import io.windhover.proto.Method;
import io.windhover.proto.Oneof;
import io.windhover.proto.ProtoFile;
import io.windhover.proto.Service;
import io.windhover.proto.Symbol;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How things of `.proto` files are called in Java.
///
/// The package is that of the option `java_package`, else that of the file, else the name of the
/// file. Each message, enum and service at the top of a file is a class or interface in a file of
/// its own, whatever `java_multiple_files` says; what stands in a message is nested in its class. A
/// name that Java or another thing has taken gets a `_` behind it.
final class ProtoNames {

  /// Where the types are that come with the language.
  static final String STANDARD_PACKAGE = "io.windhover.protobuf.types";

  /// The library types that generated code mentions, by simple name.
  static final Map<String, String> LIBRARY = library();

  private static final String CODEC = "Codec";

  /// The members that each message has.
  private static final Set<String> OF_MESSAGE = Set.of("deepCopy", "unknownFields");

  private static final Set<String> OF_ENUM =
      Set.of("EnumType", "Known", "Unknown", "TYPE", "value", "values");

  private final Map<Symbol, String> paths = new HashMap<>();
  private final Map<Symbol, String> simple = new HashMap<>();
  private final Map<Service, String> calls = new HashMap<>();
  private final Map<Service, String> clients = new HashMap<>();
  private final Map<Service, String> asyncs = new HashMap<>();
  private final Map<String, Set<String>> packageTypes = new HashMap<>();
  private final Set<String> packageRoots = new HashSet<>();
  private final Map<MessageType, MemberNames> members = new HashMap<>();

  /// @param all the files and those that they import
  /// @param async whether services get an interface whose methods return at once
  ProtoNames(Collection<ProtoFile> all, boolean async, List<Diagnostic> diagnostics) {
    LIBRARY.values().forEach(it -> packageRoots.add(JavaNames.root(it)));
    all.forEach(file -> packageRoots.add(JavaNames.root(packageOf(file))));
    var taken = new TreeMap<String, Symbol>(String.CASE_INSENSITIVE_ORDER);
    for (var file : all) {
      topOf(file).forEach(it -> nameTop(it, taken, diagnostics));
    }
    for (var file : all) {
      for (var service : file.services()) {
        calls.put(service, companion(service, "Calls", taken));
        clients.put(service, companion(service, "Client", taken));
      }
    }
    if (async) {
      nameAsyncs(all, taken);
    }
  }

  /// Names them behind all others, whose names so do not depend on the option.
  private void nameAsyncs(Collection<ProtoFile> all, Map<String, Symbol> taken) {
    for (var file : all) {
      for (var service : file.services()) {
        if (service.methods().stream().anyMatch(ProtoNames::isUnary)) {
          asyncs.put(service, companion(service, "Async", taken));
        }
      }
    }
  }

  private static boolean isUnary(Method method) {
    return !method.isClientStreaming() && !method.isServerStreaming();
  }

  /// Returns what a file declares beside each other, in its order.
  private static List<Symbol> topOf(ProtoFile file) {
    var all = new ArrayList<Symbol>(file.messages());
    all.addAll(file.enums());
    all.addAll(file.services());
    all.sort(Comparator.comparingInt(it -> it.span().start()));
    return all;
  }

  /// Two names of one file may be one in Java, or one to a file system: the later gives way.
  private void nameTop(Symbol symbol, Map<String, Symbol> taken, List<Diagnostic> diagnostics) {
    var name = JavaNames.type(symbol.name());
    var prefix = packageOf(symbol.file()) + ".";
    while (isOfOneFile(symbol, taken.get(prefix + name))) {
      name += "_";
    }
    var qualified = prefix + name;
    var first = taken.putIfAbsent(qualified, symbol);
    if (first != null) {
      diagnostics.add(
          Diagnostic.of(
                  ProtoRule.DUPLICATE_NAME,
                  symbol.span(),
                  "the class '%s' is already that of %s".formatted(qualified, first.fullName()))
              .withHelp("give their files different packages, by the option java_package"));
    }
    name(symbol, name, name);
    claim(symbol.file(), name);
    if (symbol instanceof MessageType message) {
      nameNested(message, Set.of(name));
    }
  }

  private static boolean isOfOneFile(Symbol symbol, @Nullable Symbol other) {
    return other != null && other.file().equals(symbol.file());
  }

  private void name(Symbol symbol, String name, String path) {
    simple.put(symbol, name);
    paths.put(symbol, path);
  }

  private void claim(ProtoFile file, String name) {
    packageTypes.computeIfAbsent(packageOf(file), _ -> new HashSet<>()).add(name);
  }

  private String companion(Service service, String suffix, Map<String, Symbol> taken) {
    var name = simple(service) + suffix;
    while (taken.putIfAbsent(packageOf(service.file()) + "." + name, service) != null) {
      name += "_";
    }
    claim(service.file(), name);
    return name;
  }

  /// Names what is nested in a message, whose class files lie beside each other, too.
  ///
  /// @param outer the names of the classes around
  private void nameNested(MessageType message, Set<String> outer) {
    var taken = ignoringCase();
    taken.add(CODEC);
    var path = path(message);
    var nested = new ArrayList<Symbol>(message.enums());
    message.messages().stream().filter(it -> !it.isMapEntry()).forEach(nested::add);
    nested.addAll(realOneofs(message));
    for (var symbol : nested) {
      var idlName = symbol instanceof Oneof ? JavaNames.pascalCase(symbol.name()) : symbol.name();
      var name = free(JavaNames.type(idlName), taken, outer);
      taken.add(name);
      name(symbol, name, path + "." + name);
    }
    for (var inner : message.messages()) {
      if (!inner.isMapEntry()) {
        nameNested(inner, union(outer, simple(inner)));
      }
    }
    for (var oneof : realOneofs(message)) {
      var takenArms = ignoringCase();
      var aroundArms = union(outer, simple(oneof));
      for (var arm : oneof.fields()) {
        var name = free(JavaNames.type(JavaNames.pascalCase(arm.name())), takenArms, aroundArms);
        takenArms.add(name);
        name(arm, name, path(oneof) + "." + name);
      }
    }
    members.put(message, new MemberNames(message, packageRoots, OF_MESSAGE));
  }

  /// Those that the file declares.
  static List<Oneof> realOneofs(MessageType message) {
    return message.oneofs().stream().filter(it -> !it.isSynthetic()).toList();
  }

  private static Set<String> ignoringCase() {
    return new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  }

  private static Set<String> union(Set<String> names, String other) {
    var all = new HashSet<>(names);
    all.add(other);
    return all;
  }

  private static String free(String wanted, Set<String> taken, Set<String> around) {
    var name = wanted;
    while (taken.contains(name) || around.contains(name)) {
      name += "_";
    }
    return name;
  }

  // ---- packages

  static String packageOf(ProtoFile file) {
    if (file.isStandard()) {
      int folder = file.name().lastIndexOf('/');
      var below =
          file.name().substring(0, folder + 1).substring(ProtoFile.STANDARD_FOLDER.length());
      return below.isEmpty()
          ? STANDARD_PACKAGE
          : STANDARD_PACKAGE + "." + below.substring(0, below.length() - 1).replace('/', '.');
    }
    return JavaNames.packageName(
        file.options()
            .text("java_package")
            .filter(it -> !it.isEmpty())
            .orElseGet(() -> file.packageName().isEmpty() ? baseName(file) : file.packageName()));
  }

  private static String baseName(ProtoFile file) {
    var name = file.name().substring(file.name().lastIndexOf('/') + 1);
    return name.replaceFirst("\\.proto$", "")
        .replaceAll("[^A-Za-z0-9_]", "_")
        .toLowerCase(Locale.ROOT);
  }

  /// Returns the simple names of all classes of a package that this run knows.
  Set<String> inPackage(String packageName) {
    return packageTypes.getOrDefault(packageName, Set.of());
  }

  /// Returns the first parts of all packages, which neither variables nor members may have as their
  /// names.
  Set<String> packageRoots() {
    return packageRoots;
  }

  // ---- types

  /// Returns the type as [io.windhover.codegen.model.JavaSource] wants it: the class at the top in
  /// backquotes, and what is nested in it.
  String java(Symbol symbol) {
    var path = path(symbol);
    int dot = path.indexOf('.');
    var top = dot < 0 ? path : path.substring(0, dot);
    return "`%s.%s`%s".formatted(packageOf(symbol.file()), top, dot < 0 ? "" : path.substring(dot));
  }

  String simple(Symbol symbol) {
    return named(simple, symbol);
  }

  private String path(Symbol symbol) {
    return named(paths, symbol);
  }

  private static String named(Map<Symbol, String> names, Symbol symbol) {
    var name = names.get(symbol);
    if (name == null) {
      throw new IllegalStateException(symbol.fullName() + " has no name");
    }
    return name;
  }

  String callsOf(Service service) {
    return named(calls, service);
  }

  String clientOf(Service service) {
    return named(clients, service);
  }

  /// Whether a service has methods that return at once, by an option.
  boolean hasAsync(Service service) {
    return asyncs.containsKey(service);
  }

  String asyncOf(Service service) {
    return named(asyncs, service);
  }

  private static String named(Map<Service, String> names, Service service) {
    @Nullable String name = names.get(service);
    if (name == null) {
      throw new IllegalStateException(service.fullName() + " has no name");
    }
    return name;
  }

  /// Returns the simple names that mean something else than a type of the package in the class of a
  /// message, at whatever depth: those of nested types, and of constants, which are variables to
  /// Java where either could be meant.
  Set<String> hiddenIn(MessageType message) {
    var all = new HashSet<>(Set.of(CODEC, "CODEC"));
    message.enums().forEach(it -> addEnum(it, all));
    message.fields().stream()
        .filter(Field::isMap)
        .forEach(it -> all.add(FieldCode.mapConstant(member(message, it))));
    for (var oneof : realOneofs(message)) {
      all.add(simple(oneof));
      oneof.fields().forEach(arm -> all.add(simple(arm)));
    }
    for (var inner : message.messages()) {
      if (!inner.isMapEntry()) {
        all.add(simple(inner));
        all.addAll(hiddenIn(inner));
      }
    }
    return all;
  }

  private void addEnum(EnumType type, Set<String> all) {
    all.addAll(List.of(simple(type), "Known", "Unknown"));
  }

  // ---- members

  /// Returns the name of the accessors of a field or a oneof.
  String member(MessageType message, Symbol symbol) {
    return memberNames(message).name(symbol);
  }

  private MemberNames memberNames(MessageType message) {
    var names = members.get(message);
    if (names == null) {
      throw new IllegalStateException(message.fullName() + " has no names");
    }
    return names;
  }

  /// Returns what follows `has` and `clear`.
  String stem(MessageType message, Field field) {
    return MemberNames.stem(member(message, field));
  }

  String constant(EnumValue value) {
    var name = value.name();
    while (JavaNames.KEYWORDS.contains(name)
        || OF_ENUM.contains(name)
        || packageRoots.contains(name)
        || name.equals(simple(value.type()))) {
      name += "_";
    }
    return name;
  }

  private static Map<String, String> library() {
    var names = new TreeMap<String, String>();
    add(
        names,
        "java.lang",
        "Boolean Double Float Integer Long Object Override String SuppressWarnings");
    add(names, "java.util", "ArrayList LinkedHashMap List Map Objects");
    add(names, "java.util.concurrent", "CompletionStage");
    add(names, "java.nio.charset", "StandardCharsets");
    add(
        names,
        "io.windhover.protobuf",
        """
        Bytes EnumType MapType MessageHash MessageText ProtoCodec ProtoEnum ProtoReader ProtoWriter
        UnknownFields ValueType WireType
        """);
    add(names, "io.windhover.buffer.list", "BoolList DoubleList FloatList IntList LongList");
    add(
        names,
        "io.windhover.rpc",
        """
        AsyncCalls BidiStream Caller ClientStream Method Operation Service StreamCaller StreamOperation
        StreamReceiver StreamSender Streams
        """);
    add(names, "io.windhover.rpc.codec", "MessageCall");
    add(names, "io.windhover.rpc.proto", "GeneratedCodec");
    add(names, "io.windhover.rpc.protobuf", "ProtobufCodec");
    return Map.copyOf(names);
  }

  private static void add(Map<String, String> names, String packageName, String simpleNames) {
    for (var simple : JavaNames.words(simpleNames)) {
      names.put(simple, packageName + "." + simple);
    }
  }
}
