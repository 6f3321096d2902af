package io.windhover.codegen;

import static java.util.stream.Collectors.joining;

import io.windhover.codegen.model.JavaNames;
import io.windhover.codegen.model.MemberNames;
import io.windhover.codegen.model.TypeNames;
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
import io.windhover.idl.Type;
import io.windhover.idl.ast.Requiredness;
import io.windhover.idl.ast.StructKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What has to be in the source that is generated from checked files, in the form of [SourceShape]:
/// from the files and the names in Java alone, without any of the code that generates.
final class ModelShape {
  private static final String THRIFT = "io.windhover.thrift.";
  private static final String RPC = "io.windhover.rpc.";
  private static final String SIGNATURE = "io.windhover.thrift.call.Signature";
  private static final String CALLER = RPC + "Caller";

  private final TypeNames names;
  private final SortedSet<String> lines = new TreeSet<>();

  private ModelShape(TypeNames names) {
    this.names = names;
  }

  static SortedSet<String> of(Collection<Program> programs, GeneratorOptions options) {
    var all = TypeNames.withIncludes(programs);
    var settings = new Settings(options, all, new ArrayList<>());
    var shape = new ModelShape(new TypeNames(all, settings, new ArrayList<>()));
    programs.forEach(shape::add);
    return shape.lines;
  }

  private void add(Program program) {
    for (var definition : program.definitions()) {
      switch (definition) {
        case EnumType type -> enumType(type);
        case StructType type when type.kind() == StructKind.UNION -> union(type);
        case StructType type when names.isRecord(type) -> record(type);
        case StructType type -> struct(type);
        case Service service -> service(service);
        default -> {}
      }
    }
    var constants = program.definitions(Constant.class);
    if (!constants.isEmpty()) {
      constants(program, constants);
    }
  }

  private void add(String name, String... members) {
    for (var member : members) {
      lines.add(name + ": " + member);
    }
  }

  private void enumType(EnumType type) {
    var name = names.qualified(type);
    add(name, "= public sealed interface", "int value()", "static %s of(int)".formatted(name));
    add(name + ".Known", "= public final enum < " + name, "int value()");
    add(name + ".Unknown", "= public final record < " + name, "component int value");
    var numbers = new HashSet<Integer>();
    for (var item : type.items()) {
      var constant = MemberNames.of(item);
      add(name, name + " " + constant);
      if (numbers.add(item.value())) {
        add(name + ".Known", "constant " + constant);
      }
    }
  }

  private void struct(StructType type) {
    var name = names.qualified(type);
    boolean isException = type.kind() == StructKind.EXCEPTION;
    add(name, "= public final class" + (isException ? " < " + THRIFT + "ThriftException" : ""));
    add(name, "new()");
    if (isException) {
      add(name, "java.lang.String getMessage()");
    }
    objectMethods(name);
    var members = names.members(type);
    for (var field : type.fields()) {
      var member = members.get(field.name());
      var java = java(field.type());
      add(name, java + " " + member + "()");
      add(name, name + " " + member + "(" + java + ")");
      if (isOptional(field)) {
        add(name, "boolean has%s()".formatted(MemberNames.stem(field)));
        add(name, "%s clear%s()".formatted(name, MemberNames.stem(field)));
      }
    }
    codec(name);
  }

  private void record(StructType type) {
    var name = names.qualified(type);
    var builder = name + ".Builder";
    var unknown = THRIFT + "UnknownFields";
    add(name, "= public final record", "component " + unknown + " unknownFields");
    add(builder, "= public final class", name + " build()");
    objectMethods(name);
    add(name, "static " + builder + " builder()");
    add(name, builder + " toBuilder()");
    var members = names.members(type);
    var types = new ArrayList<String>();
    for (var field : type.fields()) {
      var member = members.get(field.name());
      var java = isOptional(field) ? boxed(field.type()) : java(field.type());
      types.add(java);
      add(name, "component " + java + " " + member);
      add(builder, builder + " " + member + "(" + java + ")");
      if (isOptional(field) && field.defaultValue().isPresent()) {
        add(
            name,
            "%s %sOrDefault()".formatted(java(field.type()), JavaNames.camelCase(field.name())));
      }
    }
    add(name, "new(" + String.join(", ", types) + ")");
    types.add(unknown);
    add(name, "new(" + String.join(", ", types) + ")");
    codec(name);
  }

  private void union(StructType type) {
    var name = names.qualified(type);
    add(name, "= public sealed interface", name + " deepCopy()");
    var members = names.members(type);
    for (var field : type.fields()) {
      arm(name, members.get(field.name()), java(field.type()));
      if (hasText(field.type().trueType())) {
        add(name + "." + members.get(field.name()), "java.lang.String toString()");
      }
    }
    arm(name, "Unknown", THRIFT + "UnknownFields");
    codec(name);
  }

  private void arm(String union, String arm, String java) {
    var name = union + "." + arm;
    add(name, "= public final record < " + union, "component " + java + " value");
    if (java.contains(".")) {
      add(name, "new(" + java + ")"); // refuses null
    }
  }

  /// Whether the text of an arm needs to be shortened.
  private static boolean hasText(TrueType type) {
    return switch (type) {
      case BaseType base -> base == BaseType.STRING;
      case EnumType number -> false;
      case StructType struct -> false;
      case ListType list -> true;
      case SetType set -> true;
      case MapType map -> true;
    };
  }

  private void objectMethods(String name) {
    add(name, "boolean equals(java.lang.Object)");
    add(name, "int hashCode()");
    add(name, "java.lang.String toString()");
    add(name, name + " deepCopy()");
  }

  private void codec(String name) {
    var codec = name + ".Codec";
    add(name, codec + " CODEC");
    add(
        codec,
        "= public final class < %sStructCodec<%s>".formatted(THRIFT, name),
        "%s read(%sThriftReader)".formatted(name, THRIFT),
        "void write(%s, %sThriftWriter)".formatted(name, THRIFT));
  }

  private void service(Service service) {
    var name = names.qualified(service);
    var base = service.base().map(names::qualified);
    add(name, "= public interface" + base.map(it -> " < " + it).orElse(""));
    add(name, "static %s on(%s)".formatted(name, CALLER));
    add(name, "static %sService serve(%s)".formatted(RPC, name));
    var stub = name + ".Stub";
    add(
        stub,
        "= public class%s < %s".formatted(base.map(it -> " < " + it + ".Stub").orElse(""), name));
    add(stub, "new(java.lang.String, %s)".formatted(CALLER));
    if (base.isEmpty()) {
      add(stub, "T call(%sMethod<%s>, java.lang.Object[])".formatted(RPC, SIGNATURE));
    }
    for (var method : service.methods()) {
      var returned = method.returnType().map(this::java).orElse("void");
      var thrown =
          method.exceptions().stream().map(it -> " throws " + java(it.type())).collect(joining());
      var line = returned + " " + head(method) + thrown;
      add(name, line);
      add(stub, line);
    }
    add(names.packageOf(service.program()) + "." + names.callsOf(service), "= final class");
    if (names.isAsync(service)) {
      async(service);
    }
  }

  private void async(Service service) {
    var name = names.packageOf(service.program()) + "." + names.asyncOf(service);
    add(name, "= public interface", "static %s on(%s)".formatted(name, CALLER));
    add(name + ".Stub", "= public final class < " + name);
    for (var it = service; it != null; it = it.base().orElse(null)) {
      for (var method : it.methods()) {
        var returned = method.returnType().map(this::boxed).orElse("java.lang.Void");
        var line = "java.util.concurrent.CompletionStage<%s> %s".formatted(returned, head(method));
        add(name, line);
        add(name + ".Stub", line);
      }
    }
  }

  private String head(Method method) {
    var arguments = method.arguments().stream().map(it -> java(it.type())).collect(joining(", "));
    return MemberNames.of(method) + "(" + arguments + ")";
  }

  private void constants(Program program, List<Constant> constants) {
    var name = names.packageOf(program) + "." + names.constantsOf(program);
    add(name, "= public final class");
    for (var constant : constants) {
      var java = java(constant.type());
      if (holdsStruct(constant.type().trueType())) {
        add(name, "static %s %s()".formatted(java, JavaNames.constantMethod(constant.name())));
      } else {
        add(name, java + " " + JavaNames.constant(constant.name(), names.packageRoots()));
      }
    }
  }

  /// Whether there is something in it that users could change.
  private static boolean holdsStruct(TrueType type) {
    return switch (type) {
      case StructType struct -> true;
      case ListType list -> holdsStruct(list.element().trueType());
      case SetType set -> holdsStruct(set.element().trueType());
      case MapType map -> holdsStruct(map.key().trueType()) || holdsStruct(map.value().trueType());
      default -> false;
    };
  }

  private static boolean isOptional(Field field) {
    return field.requiredness() == Requiredness.OPTIONAL;
  }

  private String java(Type type) {
    return type.trueType() instanceof BaseType base ? java(base, false) : boxed(type);
  }

  private String boxed(Type type) {
    return switch (type.trueType()) {
      case BaseType base -> java(base, true);
      case StructType struct -> names.qualified(struct);
      case EnumType anEnum -> names.qualified(anEnum);
      case ListType list -> "java.util.List<%s>".formatted(boxed(list.element()));
      case SetType set -> "java.util.Set<%s>".formatted(boxed(set.element()));
      case MapType map -> "java.util.Map<%s,%s>".formatted(boxed(map.key()), boxed(map.value()));
    };
  }

  private static String java(BaseType type, boolean isBoxed) {
    return switch (type) {
      case BOOL -> isBoxed ? "java.lang.Boolean" : "boolean";
      case I8 -> isBoxed ? "java.lang.Byte" : "byte";
      case I16 -> isBoxed ? "java.lang.Short" : "short";
      case I32 -> isBoxed ? "java.lang.Integer" : "int";
      case I64 -> isBoxed ? "java.lang.Long" : "long";
      case DOUBLE -> isBoxed ? "java.lang.Double" : "double";
      case STRING -> "java.lang.String";
      case BINARY -> THRIFT + "Binary";
      case UUID -> "java.util.UUID";
    };
  }
}
