package io.windhover.thriftgo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The syntax tree that plugins see, struct by struct. A component's position is its field id.
///
/// Types carry the category they lead to, typedefs resolved; names of other files carry the number
/// of the include they come from. The order between definitions of different kinds is lost.
public final class Ast {

  private Ast() {}

  /// What a name or a type is.
  public enum Category {
    CONSTANT,
    BOOL,
    BYTE,
    I16,
    I32,
    I64,
    DOUBLE,
    STRING,
    BINARY,
    MAP,
    LIST,
    SET,
    ENUM,
    STRUCT,
    UNION,
    EXCEPTION,
    TYPEDEF,
    SERVICE
  }

  /// One file.
  ///
  /// @param filename its path from the working folder
  /// @param name2Category what it defines, a typedef as such
  public record Thrift(
      String filename,
      List<Include> includes,
      List<String> cppIncludes,
      List<Namespace> namespaces,
      List<Typedef> typedefs,
      List<Constant> constants,
      List<EnumDef> enums,
      List<StructLike> structs,
      List<StructLike> unions,
      List<StructLike> exceptions,
      List<Service> services,
      Map<String, Category> name2Category) {
    public Thrift {
      includes = List.copyOf(includes);
      cppIncludes = List.copyOf(cppIncludes);
      namespaces = List.copyOf(namespaces);
      typedefs = List.copyOf(typedefs);
      constants = List.copyOf(constants);
      enums = List.copyOf(enums);
      structs = List.copyOf(structs);
      unions = List.copyOf(unions);
      exceptions = List.copyOf(exceptions);
      services = List.copyOf(services);
      name2Category = Collections.unmodifiableMap(new LinkedHashMap<>(name2Category)); // in order
    }
  }

  /// @param path as written
  /// @param reference the included file itself
  /// @param used true if a name of it is used; never false
  public record Include(String path, Optional<Thrift> reference, Optional<Boolean> used) {}

  public record Namespace(String language, String name, List<Annotation> annotations) {
    public Namespace {
      annotations = List.copyOf(annotations);
    }
  }

  /// @param values of all annotations of the key
  public record Annotation(String key, List<String> values) {
    public Annotation {
      values = List.copyOf(values);
    }
  }

  /// A name of an included file.
  ///
  /// @param name without its prefix
  /// @param index of the include, from 0
  public record Reference(String name, int index) {}

  /// A type where it is used.
  ///
  /// @param name as written; `map`, `set` or `list` for containers
  /// @param valueType of a map, and the element type of a set or list
  /// @param cppType empty if there is none
  /// @param category what it is in the end, its typedefs resolved; CONSTANT for `void`
  /// @param isTypedef true if the name is that of a typedef; never false
  public record Type(
      String name,
      Optional<Type> keyType,
      Optional<Type> valueType,
      String cppType,
      List<Annotation> annotations,
      Category category,
      Optional<Reference> reference,
      Optional<Boolean> isTypedef) {
    public Type {
      annotations = List.copyOf(annotations);
    }
  }

  public record Typedef(
      Optional<Type> type, String alias, List<Annotation> annotations, String reservedComments) {
    public Typedef {
      annotations = List.copyOf(annotations);
    }
  }

  public record EnumDef(
      String name, List<EnumValue> values, List<Annotation> annotations, String reservedComments) {
    public EnumDef {
      values = List.copyOf(values);
      annotations = List.copyOf(annotations);
    }
  }

  public record EnumValue(
      String name, long value, List<Annotation> annotations, String reservedComments) {
    public EnumValue {
      annotations = List.copyOf(annotations);
    }
  }

  public record Constant(
      String name,
      Optional<Type> type,
      Optional<ConstValue> value,
      List<Annotation> annotations,
      String reservedComments) {
    public Constant {
      annotations = List.copyOf(annotations);
    }
  }

  /// Which arm of a [ConstTypedValue] it is.
  public enum ConstType {
    DOUBLE,
    INT,
    LITERAL,
    IDENTIFIER,
    LIST,
    MAP
  }

  /// A value as written.
  ///
  /// @param extra what an identifier leads to; absent for `true` and `false`
  public record ConstValue(
      ConstType type, Optional<ConstTypedValue> typedValue, Optional<ConstValueExtra> extra) {

    static ConstValue of(double value) {
      return of(ConstType.DOUBLE, new ConstTypedValue.OfDouble(value));
    }

    static ConstValue of(long value) {
      return of(ConstType.INT, new ConstTypedValue.OfInt(value));
    }

    static ConstValue ofLiteral(String value) {
      return of(ConstType.LITERAL, new ConstTypedValue.OfLiteral(value));
    }

    static ConstValue ofIdentifier(String name, Optional<ConstValueExtra> extra) {
      var typed = new ConstTypedValue.OfIdentifier(name);
      return new ConstValue(ConstType.IDENTIFIER, Optional.of(typed), extra);
    }

    static ConstValue ofList(List<ConstValue> elements) {
      return of(ConstType.LIST, new ConstTypedValue.OfList(elements));
    }

    static ConstValue ofMap(List<MapConstValue> entries) {
      return of(ConstType.MAP, new ConstTypedValue.OfMap(entries));
    }

    private static ConstValue of(ConstType type, ConstTypedValue value) {
      return new ConstValue(type, Optional.of(value), Optional.empty());
    }
  }

  /// A union: the arms in the order of their field ids.
  public sealed interface ConstTypedValue {

    record OfDouble(double value) implements ConstTypedValue {}

    record OfInt(long value) implements ConstTypedValue {}

    record OfLiteral(String value) implements ConstTypedValue {}

    record OfIdentifier(String name) implements ConstTypedValue {}

    record OfList(List<ConstValue> elements) implements ConstTypedValue {
      public OfList {
        elements = List.copyOf(elements);
      }
    }

    record OfMap(List<MapConstValue> entries) implements ConstTypedValue {
      public OfMap {
        entries = List.copyOf(entries);
      }
    }
  }

  public record MapConstValue(Optional<ConstValue> key, Optional<ConstValue> value) {}

  /// @param index of the include that the value comes from, -1 for none
  /// @param name without prefixes
  /// @param sel the enum or the include it is selected from
  public record ConstValueExtra(boolean isEnum, int index, String name, String sel) {}

  public enum Requiredness {
    DEFAULT,
    REQUIRED,
    OPTIONAL
  }

  public record Field(
      int id,
      String name,
      Requiredness requiredness,
      Type type,
      Optional<ConstValue> defaultValue,
      List<Annotation> annotations,
      String reservedComments) {
    public Field {
      annotations = List.copyOf(annotations);
    }
  }

  /// @param category `struct`, `union` or `exception`
  public record StructLike(
      String category,
      String name,
      List<Field> fields,
      List<Annotation> annotations,
      String reservedComments) {
    public StructLike {
      fields = List.copyOf(fields);
      annotations = List.copyOf(annotations);
    }
  }

  /// @param functionType there for `void`, too, by that name
  public record Function(
      String name,
      boolean oneway,
      boolean isVoid,
      Optional<Type> functionType,
      List<Field> arguments,
      List<Field> exceptions,
      List<Annotation> annotations,
      String reservedComments) {
    public Function {
      arguments = List.copyOf(arguments);
      exceptions = List.copyOf(exceptions);
      annotations = List.copyOf(annotations);
    }
  }

  /// @param base the name behind `extends`, empty if there is none
  /// @param reference if that is a service of an included file
  public record Service(
      String name,
      String base,
      List<Function> functions,
      List<Annotation> annotations,
      Optional<Reference> reference,
      String reservedComments) {
    public Service {
      functions = List.copyOf(functions);
      annotations = List.copyOf(annotations);
    }
  }
}
