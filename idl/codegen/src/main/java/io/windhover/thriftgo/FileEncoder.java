package io.windhover.thriftgo;

import io.windhover.idl.Constant;
import io.windhover.idl.EnumType;
import io.windhover.idl.Field;
import io.windhover.idl.Method;
import io.windhover.idl.Program;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.Typedef;
import io.windhover.idl.ast.Annotation;
import io.windhover.idl.ast.CppInclude;
import io.windhover.idl.ast.Declaration;
import io.windhover.idl.ast.Header;
import io.windhover.idl.ast.Node;
import io.windhover.idl.ast.Requiredness;
import io.windhover.idl.ast.StructKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Makes the tree of one file.
final class FileEncoder {
  private final Program program;
  private final String text;
  private final Function<Program, Ast.Thrift> trees;
  private final Names names;
  private final TypeEncoder types;
  private final ValueEncoder values;
  private final ValueEncoder argumentDefaults;
  private final IdentityHashMap<Declaration, String> comments = new IdentityHashMap<>();

  /// @param trees of included files
  FileEncoder(Program program, Names names, Function<Program, Ast.Thrift> trees) {
    this.program = program;
    this.text = program.file().text();
    this.trees = trees;
    this.names = names;
    this.types = new TypeEncoder(names);
    this.values = new ValueEncoder(names, true);
    this.argumentDefaults = new ValueEncoder(names, false);
  }

  Ast.Thrift file() {
    readComments();
    var typedefs = program.definitions(Typedef.class).stream().map(this::typedef).toList();
    var constants = program.definitions(Constant.class).stream().map(this::constant).toList();
    var enums = program.definitions(EnumType.class).stream().map(this::enumType).toList();
    var structs = structs(StructKind.STRUCT);
    var unions = structs(StructKind.UNION);
    var exceptions = structs(StructKind.EXCEPTION);
    var services = program.definitions(Service.class).stream().map(this::service).toList();
    return new Ast.Thrift(
        pathFromHere(program.file().path()),
        includes(), // after all names have been looked up
        headers(CppInclude.class).map(it -> Literal.text(it.path())).toList(),
        namespaces(),
        typedefs,
        constants,
        enums,
        structs,
        unions,
        exceptions,
        services,
        categories());
  }

  private void readComments() {
    var walk = new Comments(text, 0);
    program.syntax().headers().forEach(it -> walk.after(it.span().end()));
    for (var declaration : program.syntax().declarations()) {
      comments.put(declaration, walk.before(declaration.span().start()));
      walk.after(declaration.span().end());
    }
  }

  private String comments(Declaration declaration) {
    return Objects.requireNonNull(comments.get(declaration));
  }

  /// The comments before or, if there are none, behind a member.
  private static String comments(Comments walk, Node member) {
    var before = walk.before(member.span().start());
    var behind = walk.after(member.span().end());
    return before.isEmpty() ? behind : before;
  }

  private static String pathFromHere(String path) {
    var here = Path.of("").toAbsolutePath();
    var file = here.resolve(path).normalize();
    return Objects.equals(here.getRoot(), file.getRoot())
        ? here.relativize(file).toString()
        : file.toString(); // another drive of Windows
  }

  private <H extends Header> Stream<H> headers(Class<H> kind) {
    return program.syntax().headers().stream().filter(kind::isInstance).map(kind::cast);
  }

  private List<Ast.Include> includes() {
    var includes = new ArrayList<Ast.Include>();
    for (int i = 0; i < names.included().size(); i++) {
      var included = names.included().get(i);
      var used = names.isUsed(i) ? Optional.of(true) : Optional.<Boolean>empty();
      var tree = trees.apply(included.program());
      includes.add(new Ast.Include(included.path(), Optional.of(tree), used));
    }
    return includes;
  }

  private List<Ast.Namespace> namespaces() {
    return program.syntax().namespaces().stream()
        .map(it -> new Ast.Namespace(it.scope(), it.name().text(), annotations(it.annotations())))
        .toList();
  }

  private Map<String, Ast.Category> categories() {
    var categories = new LinkedHashMap<String, Ast.Category>();
    program.definitions().forEach(it -> categories.put(it.name(), TypeEncoder.category(it)));
    return categories;
  }

  private Ast.Typedef typedef(Typedef typedef) {
    var syntax = typedef.syntax();
    return new Ast.Typedef(
        Optional.of(types.encode(syntax.type())),
        typedef.name(),
        annotations(syntax.annotations()),
        comments(syntax));
  }

  private Ast.Constant constant(Constant constant) {
    var syntax = constant.syntax();
    return new Ast.Constant(
        constant.name(),
        Optional.of(types.encode(syntax.type())),
        Optional.of(values.encode(syntax.value(), constant.type())),
        annotations(syntax.annotations()),
        comments(syntax));
  }

  private Ast.EnumDef enumType(EnumType type) {
    var walk = body(type.syntax().name());
    var items = new ArrayList<Ast.EnumValue>();
    for (var item : type.items()) {
      var annotations = annotations(item.syntax().annotations());
      items.add(
          new Ast.EnumValue(item.name(), item.value(), annotations, comments(walk, item.syntax())));
    }
    return new Ast.EnumDef(
        type.name(), items, annotations(type.syntax().annotations()), comments(type.syntax()));
  }

  private List<Ast.StructLike> structs(StructKind kind) {
    return program.definitions(StructType.class).stream()
        .filter(it -> it.kind() == kind)
        .map(this::struct)
        .toList();
  }

  private Ast.StructLike struct(StructType type) {
    var walk = body(type.syntax().name());
    var role = type.kind() == StructKind.UNION ? Role.ARM : Role.FIELD;
    return new Ast.StructLike(
        type.kind().toString(),
        type.name(),
        fields(type.fields(), role, walk),
        annotations(type.syntax().annotations()),
        comments(type.syntax()));
  }

  /// A walk that begins behind the brace after a name.
  private Comments body(Node name) {
    return new Comments(text, Comments.behind(text, name.span().end(), '{'));
  }

  private Ast.Service service(Service service) {
    var syntax = service.syntax();
    var walk = body(syntax.base().orElse(syntax.name()));
    var base = syntax.base().flatMap(it -> names.find(it.text()));
    base.ifPresent(it -> names.use(it.include()));
    var functions = new ArrayList<Ast.Function>();
    for (var method : service.methods()) {
      var before = walk.before(method.syntax().span().start());
      walk.after(method.syntax().span().end());
      functions.add(function(method, before));
    }
    return new Ast.Service(
        service.name(),
        syntax.base().map(it -> it.text()).orElse(""),
        functions,
        annotations(syntax.annotations()),
        base.flatMap(TypeEncoder::reference),
        comments(syntax));
  }

  private Ast.Function function(Method method, String comments) {
    var syntax = method.syntax();
    int open = Comments.behind(text, syntax.name().span().end(), '(');
    var walk = new Comments(text, open);
    var arguments = fields(method.arguments(), Role.ARGUMENT, walk);
    List<Ast.Field> exceptions = List.of();
    if (!method.exceptions().isEmpty()) {
      int close = Comments.behind(text, walk.position(), ')');
      walk = new Comments(text, Comments.behind(text, close, '('));
      exceptions = fields(method.exceptions(), Role.THROWS, walk);
    }
    return new Ast.Function(
        method.name(),
        method.isOneway(),
        syntax.returnType().isEmpty(),
        Optional.of(syntax.returnType().map(types::encode).orElse(TypeEncoder.VOID)),
        arguments,
        exceptions,
        annotations(syntax.annotations()),
        comments);
  }

  private enum Role {
    FIELD,
    ARM,
    ARGUMENT,
    THROWS;

    boolean isOfMethod() {
      return this == ARGUMENT || this == THROWS;
    }

    Ast.Requiredness requiredness(Requiredness written) {
      return switch (this) {
        case ARM, THROWS -> Ast.Requiredness.OPTIONAL;
        case ARGUMENT ->
            written == Requiredness.REQUIRED ? Ast.Requiredness.REQUIRED : Ast.Requiredness.DEFAULT;
        case FIELD -> Ast.Requiredness.valueOf(written.name());
      };
    }
  }

  private List<Ast.Field> fields(List<Field> fields, Role role, Comments walk) {
    var defaults = role.isOfMethod() ? argumentDefaults : values;
    var encoded = new ArrayList<Ast.Field>();
    for (var field : fields) {
      var syntax = field.syntax();
      encoded.add(
          new Ast.Field(
              field.id(),
              field.name(),
              role.requiredness(syntax.requiredness()),
              types.encode(syntax.type()),
              syntax.defaultValue().map(it -> defaults.encode(it, field.type())),
              annotations(syntax.annotations()),
              comments(walk, syntax)));
    }
    return encoded;
  }

  /// One for each key, where it stands first, with all its values.
  static List<Ast.Annotation> annotations(List<Annotation> written) {
    var values = new LinkedHashMap<String, List<String>>();
    for (var one : written) {
      values
          .computeIfAbsent(one.key().text(), _ -> new ArrayList<>())
          .add(one.value().map(Literal::text).orElse("1"));
    }
    return values.entrySet().stream()
        .map(it -> new Ast.Annotation(it.getKey(), it.getValue()))
        .toList();
  }
}
