package io.windhover.codegen.model;

import io.windhover.codegen.model.WireType.Scalar;
import io.windhover.idl.BaseType;
import io.windhover.idl.Constant;
import io.windhover.idl.EnumType;
import io.windhover.idl.Field;
import io.windhover.idl.Method;
import io.windhover.idl.Program;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.TrueType;
import io.windhover.idl.TrueType.ListType;
import io.windhover.idl.TrueType.MapType;
import io.windhover.idl.TrueType.SetType;
import io.windhover.idl.ast.DocComment;
import io.windhover.idl.ast.StreamingMode;
import io.windhover.idl.ast.StructKind;
import io.windhover.idl.rule.ThriftRule;
import io.windhover.source.Diagnostic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives every part of the model its Java name and type.
public final class Lowering {
  private final TypeNames names;
  private final Choices choices;
  private final JavaLiterals literals;
  private final List<Diagnostic> diagnostics;

  public Lowering(TypeNames names, Choices choices, List<Diagnostic> diagnostics) {
    this.names = names;
    this.choices = choices;
    this.literals = new JavaLiterals(names, this::type);
    this.diagnostics = diagnostics;
  }

  public static List<String> doc(Optional<DocComment> comment) {
    return comment.map(it -> it.text().strip().lines().toList()).orElse(List.of());
  }

  public WireType type(TrueType type) {
    return switch (type) {
      case BaseType base ->
          switch (base) {
            case BOOL -> Scalar.BOOL;
            case I8 -> Scalar.I8;
            case I16 -> Scalar.I16;
            case I32 -> Scalar.I32;
            case I64 -> Scalar.I64;
            case DOUBLE -> Scalar.DOUBLE;
            case STRING -> Scalar.STRING;
            case BINARY -> Scalar.BINARY;
            case UUID -> Scalar.UUID;
          };
      case EnumType named -> new WireType.EnumType(names.qualified(named));
      case StructType named -> new WireType.StructType(names.qualified(named));
      case ListType list -> new WireType.ListType(type(list.element().trueType()));
      case SetType set -> new WireType.SetType(type(set.element().trueType()));
      case MapType map ->
          new WireType.MapType(type(map.key().trueType()), type(map.value().trueType()));
    };
  }

  /// Returns the fields of a struct or exception, or the arms of a union.
  public List<JavaField> fields(StructType struct) {
    var javaNames = names.members(struct);
    var distinct = new Distinct(diagnostics);
    var fields = new ArrayList<JavaField>();
    for (var field : struct.fields()) {
      var name = javaNames.getOrDefault(field.name(), field.name());
      distinct.add(name, field.name(), field.syntax().name().span());
      boolean isArm = struct.kind() == StructKind.UNION;
      var stem = isArm ? name : MemberNames.stem(field);
      fields.add(field(field, name, stem, !isArm, names.isRecord(struct)));
    }
    ClassLimits.checkDefaults(struct, diagnostics);
    return fields;
  }

  /// @param shares whether it has a place of its own in a class, which also has one for constants
  private JavaField field(
      Field field, String name, String stem, boolean shares, boolean isComponent) {
    var type = field.type().trueType();
    var value =
        field
            .defaultValue()
            .map(it -> shares ? literals.assigned(type, it) : literals.expression(type, it))
            .orElse(null);
    field
        .defaultValue()
        .ifPresent(
            it ->
                ClassLimits.checkTexts(
                    it, field.syntax().defaultValue().orElseThrow(), diagnostics));
    boolean isShared = shares && value != null && isWorthSharing(type);
    return new JavaField(
        field.id(),
        field.name(),
        name,
        stem,
        type(type),
        field.requiredness(),
        isShared ? JavaNames.upperCase("DEFAULT_", name) : value,
        isShared ? value : null,
        isComponent,
        choices.isRedacted(field),
        doc(field.doc()));
  }

  /// Whether a value costs something to make and cannot be changed afterwards.
  private static boolean isWorthSharing(TrueType type) {
    return type == BaseType.BINARY
        || type == BaseType.UUID
        || (!(type instanceof BaseType || type instanceof EnumType) && !holdsStruct(type));
  }

  /// Whether users could change something in a value of the type.
  static boolean holdsStruct(TrueType type) {
    return switch (type) {
      case BaseType base -> false;
      case EnumType named -> false;
      case StructType named -> true;
      case ListType list -> holdsStruct(list.element().trueType());
      case SetType set -> holdsStruct(set.element().trueType());
      case MapType map -> holdsStruct(map.key().trueType()) || holdsStruct(map.value().trueType());
    };
  }

  public List<EnumItem> items(EnumType type) {
    ClassLimits.checkItems(type, diagnostics);
    var distinct = new Distinct(diagnostics);
    var items = new ArrayList<EnumItem>();
    for (var item : type.items()) {
      distinct.add(MemberNames.of(item), item.name(), item.syntax().name().span());
      items.add(new EnumItem(MemberNames.of(item), item.value(), doc(item.syntax().doc())));
    }
    return items;
  }

  public List<ConstantItem> constants(Program program) {
    ClassLimits.checkConstants(program, diagnostics);
    var distinct = new Distinct(diagnostics);
    var items = new ArrayList<ConstantItem>();
    for (var constant : program.definitions(Constant.class)) {
      var type = constant.type().trueType();
      boolean isMutable = holdsStruct(type); // and so a method
      var name =
          isMutable
              ? JavaNames.constantMethod(constant.name())
              : JavaNames.constant(constant.name(), names.packageRoots());
      distinct.add(name, constant.name(), constant.syntax().name().span());
      ClassLimits.checkTexts(constant.value(), constant.syntax().value(), diagnostics);
      items.add(
          new ConstantItem(
              name,
              type(type),
              literals.assigned(type, constant.value()),
              literals.elements(type, constant.value()),
              isMutable,
              doc(constant.doc())));
    }
    return items;
  }

  public ServiceShape service(Service service) {
    checkMethods(service);
    ClassLimits.checkMethods(service, diagnostics);
    return new ServiceShape(
        names.simple(service),
        service.name(),
        service.base().map(names::qualified).orElse(null),
        service.base().map(this::qualifiedView).orElse(null),
        TypeNames.hasStreams(service) ? names.clientOf(service) : null,
        names.callsOf(service),
        service.methods().stream().map(this::method).toList(),
        doc(service.doc()));
  }

  private String qualifiedView(Service service) {
    return TypeNames.hasStreams(service)
        ? names.packageOf(service.program()) + "." + names.clientOf(service)
        : names.qualified(service);
  }

  /// Returns the methods of a service behind those that it inherits.
  public List<MethodShape> allMethods(Service service) {
    return chain(service).stream().flatMap(it -> it.methods().stream()).map(this::method).toList();
  }

  /// Returns a service behind those that it extends.
  private static List<Service> chain(Service service) {
    var chain = new ArrayList<Service>();
    for (@Nullable Service it = service; it != null; it = it.base().orElse(null)) {
      chain.addFirst(it);
    }
    return chain;
  }

  private void checkMethods(Service service) {
    var distinct = new Distinct(diagnostics);
    for (var each : chain(service)) {
      for (var method : each.methods()) {
        distinct.add(MemberNames.of(method), method.name(), method.syntax().name().span());
      }
    }
  }

  private MethodShape method(Method method) {
    var arguments = parameters(method.arguments(), Set.of());
    ClassLimits.checkParameters(method, arguments, diagnostics);
    var kind = kind(method);
    if (kind.isStream() && !hasMessages(method)) {
      kind = MethodKind.UNARY; // nothing is generated in the end
    }
    return new MethodShape(
        method.name(),
        MemberNames.of(method),
        JavaNames.constant(JavaNames.upperCase("", MemberNames.of(method)), names.packageRoots()),
        JavaNames.pascalCase(method.name()),
        kind,
        method.returnType().map(it -> type(it.trueType())).orElse(null),
        arguments,
        parameters(method.exceptions(), ReservedNames.OF_RESULT),
        doc(method.doc()));
  }

  private static MethodKind kind(Method method) {
    return switch (StreamingMode.of(method.syntax())) {
      case UNARY -> method.isOneway() ? MethodKind.ONEWAY : MethodKind.UNARY;
      case CLIENT -> MethodKind.CLIENT_STREAM;
      case SERVER -> MethodKind.SERVER_STREAM;
      case BIDIRECTIONAL -> MethodKind.BIDI_STREAM;
    };
  }

  /// A message of a stream is a struct, with nothing around it.
  private boolean hasMessages(Method method) {
    boolean takesStruct = method.arguments().getFirst().type().trueType() instanceof StructType;
    boolean returnsStruct =
        method.returnType().filter(type -> type.trueType() instanceof StructType).isPresent();
    if (takesStruct && returnsStruct) {
      return true;
    }
    diagnostics.add(
        Diagnostic.of(
                ThriftRule.STREAMING_MODE,
                method.syntax().name().span(),
                "method '%s' of streams %s no struct (expected: one, since each message is one)"
                    .formatted(method.name(), takesStruct ? "returns" : "takes"))
            .withHelp("put the value into a struct"));
    return false;
  }

  private List<JavaField> parameters(List<Field> fields, Set<String> reserved) {
    var taken = new HashSet<>(reserved);
    taken.addAll(names.packageRoots());
    var distinct = new Distinct(diagnostics);
    var parameters = new ArrayList<JavaField>();
    for (var field : fields) {
      var name = JavaNames.parameter(field.name(), taken);
      distinct.add(name, field.name(), field.syntax().name().span());
      parameters.add(field(field, name, MemberNames.stem(field), false, false));
    }
    return parameters;
  }
}
