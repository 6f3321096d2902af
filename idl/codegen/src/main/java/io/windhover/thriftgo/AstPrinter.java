package io.windhover.thriftgo;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// Writes trees as IDL again, for our own compiler to read: what a plugin gets need not be on disk.
///
/// Nothing in a tree is trusted to be a name or a comment: a tree that is none becomes a text with
/// errors in it.
final class AstPrinter {
  private final Path path;
  private final StringBuilder out = new StringBuilder();

  private AstPrinter(Path path) {
    this.path = path;
  }

  /// Returns the texts of a file and all that it includes by their absolute paths, the file's own
  /// first.
  static Map<String, String> print(Ast.Thrift file) {
    var texts = new LinkedHashMap<String, String>();
    print(file, texts);
    return texts;
  }

  private static void print(Ast.Thrift file, Map<String, String> texts) {
    var path = Path.of(file.filename()).toAbsolutePath().normalize();
    if (!texts.containsKey(path.toString())) {
      var printer = new AstPrinter(path);
      printer.file(file);
      texts.put(path.toString(), printer.out.toString());
      file.includes().forEach(it -> it.reference().ifPresent(target -> print(target, texts)));
    }
  }

  private void file(Ast.Thrift file) {
    file.includes().forEach(this::include);
    file.cppIncludes().forEach(it -> line("cpp_include " + Literal.quoted(it)));
    for (var namespace : file.namespaces()) {
      var annotations = annotations(namespace.annotations());
      line("namespace " + namespace.language() + " " + namespace.name() + annotations);
    }
    file.typedefs().forEach(this::typedef);
    file.constants().forEach(this::constant);
    file.enums().forEach(this::enumType);
    file.structs().forEach(this::struct);
    file.unions().forEach(this::struct);
    file.exceptions().forEach(this::struct);
    file.services().forEach(this::service);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void comments(String comments) {
    if (Comments.isAll(comments)) {
      line(comments);
    }
  }

  private void include(Ast.Include include) {
    var target = include.reference().map(Ast.Thrift::filename).orElse(include.path());
    var absolute = Path.of(target).toAbsolutePath().normalize();
    var folder = path.resolveSibling("");
    boolean isReachable = Objects.equals(folder.getRoot(), absolute.getRoot());
    var written = (isReachable ? folder.relativize(absolute) : absolute).toString();
    line("include " + Literal.quoted(written.replace('\\', '/')));
  }

  private void typedef(Ast.Typedef typedef) {
    comments(typedef.reservedComments());
    var annotations = annotations(typedef.annotations());
    line("typedef " + type(typedef.type()) + " " + typedef.alias() + annotations);
  }

  private void constant(Ast.Constant constant) {
    comments(constant.reservedComments());
    line(
        "const %s %s = %s%s"
            .formatted(
                type(constant.type()),
                constant.name(),
                value(constant.value()),
                annotations(constant.annotations())));
  }

  private void enumType(Ast.EnumDef type) {
    comments(type.reservedComments());
    line("enum " + type.name() + " {");
    for (var item : type.values()) {
      comments(item.reservedComments());
      line("  %s = %d%s,".formatted(item.name(), item.value(), annotations(item.annotations())));
    }
    line("}" + annotations(type.annotations()));
  }

  private void struct(Ast.StructLike struct) {
    comments(struct.reservedComments());
    line(struct.category() + " " + struct.name() + " {");
    fields(struct.fields(), struct.category().equals("union"));
    line("}" + annotations(struct.annotations()));
  }

  private void service(Ast.Service service) {
    comments(service.reservedComments());
    var base = service.base().isEmpty() ? "" : " extends " + service.base();
    line("service " + service.name() + base + " {");
    for (var function : service.functions()) {
      comments(function.reservedComments());
      var type = function.isVoid() ? "void" : type(function.functionType());
      line("%s%s %s(".formatted(function.oneway() ? "oneway " : "", type, function.name()));
      fields(function.arguments(), false);
      line(")");
      if (!function.exceptions().isEmpty()) {
        line("throws (");
        fields(function.exceptions(), true);
        line(")");
      }
      line(annotations(function.annotations()) + ",");
    }
    line("}" + annotations(service.annotations()));
  }

  /// @param areOptional whether they are optional anyway, so that it need not be written
  private void fields(List<Ast.Field> fields, boolean areOptional) {
    for (var field : fields) {
      comments(field.reservedComments());
      var requiredness =
          switch (field.requiredness()) {
            case DEFAULT -> "";
            case REQUIRED -> "required ";
            case OPTIONAL -> areOptional ? "" : "optional ";
          };
      var value = field.defaultValue().isEmpty() ? "" : " = " + value(field.defaultValue());
      line(
          "  %d: %s%s %s%s%s,"
              .formatted(
                  field.id(),
                  requiredness,
                  type(Optional.of(field.type())),
                  field.name(),
                  value,
                  annotations(field.annotations())));
    }
  }

  private static String type(Optional<Ast.Type> optional) {
    if (optional.isEmpty()) {
      return "";
    }
    var type = optional.get();
    var cppType = type.cppType().isEmpty() ? "" : " cpp_type " + Literal.quoted(type.cppType());
    var text =
        switch (type.name()) {
          case "map" ->
              "map%s <%s, %s>".formatted(cppType, type(type.keyType()), type(type.valueType()));
          case "set" -> "set%s <%s>".formatted(cppType, type(type.valueType()));
          case "list" -> "list<%s>%s".formatted(type(type.valueType()), cppType);
          default -> type.name();
        };
    return text + annotations(type.annotations());
  }

  private static String value(Optional<Ast.ConstValue> value) {
    return value.flatMap(Ast.ConstValue::typedValue).map(AstPrinter::typed).orElse("");
  }

  private static String typed(Ast.ConstTypedValue value) {
    return switch (value) {
      case Ast.ConstTypedValue.OfDouble it -> String.valueOf(it.value());
      case Ast.ConstTypedValue.OfInt it -> String.valueOf(it.value());
      case Ast.ConstTypedValue.OfLiteral it -> Literal.quoted(it.value());
      case Ast.ConstTypedValue.OfIdentifier it -> it.name();
      case Ast.ConstTypedValue.OfList it -> list(it.elements());
      case Ast.ConstTypedValue.OfMap it -> map(it.entries());
    };
  }

  private static String list(List<Ast.ConstValue> elements) {
    return elements.stream()
        .map(it -> value(Optional.of(it)))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String map(List<Ast.MapConstValue> entries) {
    return entries.stream()
        .map(it -> value(it.key()) + ": " + value(it.value()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String annotations(List<Ast.Annotation> annotations) {
    if (annotations.isEmpty()) {
      return "";
    }
    return annotations.stream()
        .flatMap(it -> it.values().stream().map(value -> it.key() + " = " + Literal.quoted(value)))
        .collect(Collectors.joining(", ", " (", ")"));
  }
}
