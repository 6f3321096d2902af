package io.windhover.codegen.model;

import io.windhover.idl.Constant;
import io.windhover.idl.Definition;
import io.windhover.idl.Program;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.Typedef;
import io.windhover.idl.ast.StreamingMode;
import io.windhover.idl.ast.StructKind;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Span;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The Java classes of a set of files and of all that they include.
public final class TypeNames {

  /// The scope of the namespaces that are packages of Java.
  public static final String NAMESPACE = "java";

  private final Map<Program, String> packages = new HashMap<>();
  private final Map<Definition, String> types = new HashMap<>();
  private final Map<Service, String> calls = new HashMap<>();
  private final Map<Service, String> asyncs = new HashMap<>();
  private final Map<Service, String> clients = new HashMap<>();
  private final Map<Program, String> constants = new HashMap<>();
  private final Map<Program, String> descriptors = new HashMap<>();
  private final Map<String, Set<String>> simpleNames = new HashMap<>();
  private final Set<String> packageRoots;
  private final Choices choices;

  /// Gives every type its class and reports those that would be the same.
  ///
  /// @param all the files and those that they include
  public TypeNames(Set<Program> all, Choices choices, List<Diagnostic> diagnostics) {
    this.choices = choices;
    all.forEach(program -> packages.put(program, packageName(program)));
    var taken = new TreeMap<String, Span>(String.CASE_INSENSITIVE_ORDER);
    for (var program : all) {
      for (var definition : program.definitions()) {
        if (!(definition instanceof Constant || definition instanceof Typedef)) {
          nameType(definition, taken, diagnostics);
        }
      }
    }
    for (var program : all) {
      nameCompanions(program, taken);
    }
    this.packageRoots = packageRoots(all);
    all.forEach(program -> checkRoot(program, diagnostics));
  }

  /// Returns these files and all that they include.
  public static Set<Program> withIncludes(Collection<Program> programs) {
    var all = new LinkedHashSet<Program>();
    programs.forEach(program -> add(program, all));
    return all;
  }

  private static void add(Program program, Set<Program> all) {
    if (all.add(program)) {
      program.includes().forEach(include -> add(include, all));
    }
  }

  private static String packageName(Program program) {
    var fallback = identifier(program).toLowerCase(Locale.ROOT);
    return JavaNames.packageName(program.namespace(NAMESPACE).orElse(fallback));
  }

  /// Returns the base name of a file with nothing in it that Java would not take.
  private static String identifier(Program program) {
    var name = program.name().replaceAll("[^A-Za-z0-9_]", "_");
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }

  private void nameType(
      Definition definition, Map<String, Span> taken, List<Diagnostic> diagnostics) {
    var simple = JavaNames.type(definition.name());
    var qualified = packageOf(definition.program()) + "." + simple;
    var span = definition.syntax().name().span();
    var first = taken.putIfAbsent(qualified, span);
    if (first != null) {
      diagnostics.add(
          Diagnostic.of(
                  ThriftRule.JAVA_NAME_CLASH,
                  span,
                  "the class '%s' is already that of %s".formatted(qualified, first))
              .withHelp("rename one of the two, or give their files different namespaces"));
    }
    types.put(definition, simple);
    claim(definition.program(), simple);
  }

  private void nameCompanions(Program program, Map<String, Span> taken) {
    var span = program.syntax().span();
    constants.put(
        program,
        free(program, JavaNames.pascalCase(identifier(program)) + "Constants", span, taken));
    if (choices.isDescribed(program)) {
      descriptors.put(
          program, free(program, JavaNames.pascalCase(identifier(program)) + "File", span, taken));
    }
    for (var service : program.definitions(Service.class)) {
      calls.put(service, free(program, simple(service) + "Calls", span, taken));
      if (isAsync(service)) {
        asyncs.put(service, free(program, simple(service) + "Async", span, taken));
      }
      if (hasStreams(service)) {
        clients.put(service, free(program, simple(service) + "Client", span, taken));
      }
    }
  }

  private String free(Program program, String wanted, Span span, Map<String, Span> taken) {
    var name = wanted;
    while (taken.putIfAbsent(packageOf(program) + "." + name, span) != null) {
      name += "_";
    }
    claim(program, name);
    return name;
  }

  private void claim(Program program, String simple) {
    simpleNames.computeIfAbsent(packageOf(program), key -> new HashSet<>()).add(simple);
  }

  private Set<String> packageRoots(Set<Program> all) {
    var meanings = new HashMap<String, Set<String>>();
    JavaNames.LIBRARY.values().forEach(it -> addMeaning(meanings, it));
    simpleNames.forEach(
        (packageName, names) -> names.forEach(it -> addMeaning(meanings, packageName + "." + it)));
    for (var program : all) {
      // the records of a union hide types of their names, and so do constants
      for (var struct : program.definitions(StructType.class)) {
        if (struct.kind() == StructKind.UNION) {
          struct
              .fields()
              .forEach(
                  arm -> addMeaning(meanings, qualified(struct) + "." + MemberNames.stem(arm)));
        }
      }
      for (var constant : program.definitions(Constant.class)) {
        addMeaning(meanings, constantsOf(program) + "." + constant.name());
      }
      for (var service : program.definitions(Service.class)) {
        for (var method : service.methods()) {
          var constant = JavaNames.upperCase("", MemberNames.of(method));
          addMeaning(meanings, callsOf(service) + "." + constant);
        }
      }
    }
    return meanings.values().stream()
        .filter(it -> it.size() > 1)
        .flatMap(Set::stream)
        .map(JavaNames::root)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Reports a package that Java would take for a type or a field where a type of it has to be
  /// spelled out.
  private void checkRoot(Program program, List<Diagnostic> diagnostics) {
    var packageName = packageOf(program);
    var root = JavaNames.root(packageName);
    boolean isHidden =
        ReservedNames.hidesPackage(root)
            || simpleNames.values().stream().anyMatch(names -> names.contains(root));
    if (isHidden && packageRoots.contains(root)) {
      diagnostics.add(
          Diagnostic.of(
                  ThriftRule.JAVA_NAME_CLASH,
                  namespaceSpan(program),
                  "'%s' is the first part of the package '%s' and a name in generated code"
                      .formatted(root, packageName))
              .withHelp("begin the namespace with another word, in small letters"));
    }
  }

  private static Span namespaceSpan(Program program) {
    var namespaces = program.syntax().namespaces();
    return namespaces.stream()
        .filter(it -> it.scope().equals(NAMESPACE))
        .findFirst()
        .or(() -> namespaces.stream().filter(it -> it.scope().equals("*")).findFirst())
        .map(it -> it.name().span())
        .orElse(program.syntax().span());
  }

  private static void addMeaning(Map<String, Set<String>> meanings, String qualified) {
    var simple = qualified.substring(qualified.lastIndexOf('.') + 1);
    meanings.computeIfAbsent(simple, key -> new HashSet<>()).add(qualified);
  }

  /// Returns names that no variable may have: the first parts of the packages of all types that may
  /// have to be spelled out, because their simple name means two things. In
  /// `com.example.Order.CODEC` Java would take `com` for the variable.
  public Set<String> packageRoots() {
    return packageRoots;
  }

  public String packageOf(Program program) {
    return named(packages, program);
  }

  /// Returns, by name in the IDL, the names of the fields of a struct or exception, or of the
  /// records of a union.
  public Map<String, String> members(StructType struct) {
    return MemberNames.of(struct, isRecord(struct), packageRoots);
  }

  /// Whether a struct becomes a record rather than a class.
  public boolean isRecord(StructType struct) {
    return choices.isRecord(struct);
  }

  /// Returns the simple name of the class of a struct, union, exception, enum or service.
  public String simple(Definition definition) {
    return named(types, definition);
  }

  public String qualified(Definition definition) {
    return packageOf(definition.program()) + "." + simple(definition);
  }

  /// Returns the type as [JavaSource] wants it.
  public String java(Definition definition) {
    return "`" + qualified(definition) + "`";
  }

  /// Returns the simple name of the class with the messages of a service.
  public String callsOf(Service service) {
    return named(calls, service);
  }

  /// Whether a service has a second interface, whose methods return at once.
  public boolean isAsync(Service service) {
    return choices.isAsync(service);
  }

  /// Returns the simple name of that interface.
  public String asyncOf(Service service) {
    return named(asyncs, service);
  }

  /// Whether a service has methods of streams, inherited ones included.
  static boolean hasStreams(Service service) {
    return service.methods().stream()
            .anyMatch(method -> StreamingMode.of(method.syntax()) != StreamingMode.UNARY)
        || service.base().map(TypeNames::hasStreams).orElse(false);
  }

  /// Returns the simple name of the interface that the callers of a service with streams see.
  public String clientOf(Service service) {
    return named(clients, service);
  }

  /// Returns the simple name of the class with the constants of a file.
  public String constantsOf(Program program) {
    return named(constants, program);
  }

  /// Returns the simple name of the class with the descriptor of a file that has one.
  public String descriptorOf(Program program) {
    return named(descriptors, program);
  }

  /// Returns the simple names of all classes of a package.
  public Set<String> inPackage(String packageName) {
    return Collections.unmodifiableSet(simpleNames.getOrDefault(packageName, Set.of()));
  }

  private static <K> String named(Map<K, String> names, K key) {
    var name = names.get(key);
    if (name == null) {
      throw new IllegalArgumentException("not among the files of this run: " + key);
    }
    return name;
  }
}
