package io.windhover.thriftgo;

import io.windhover.idl.BaseType;
import io.windhover.idl.Constant;
import io.windhover.idl.Definition;
import io.windhover.idl.EnumType;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.TrueType;
import io.windhover.idl.Typedef;
import io.windhover.idl.ast.Annotation;
import io.windhover.idl.ast.StringLiteral;
import io.windhover.idl.ast.TypeRef;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Makes the trees of types.
final class TypeEncoder {

  /// The type of a method that returns nothing.
  static final Ast.Type VOID = plain("void", Ast.Category.CONSTANT, List.of());

  private final Names names;

  TypeEncoder(Names names) {
    this.names = names;
  }

  Ast.Type encode(TypeRef written) {
    return switch (written) {
      case TypeRef.Base base -> plain(base.keyword(), base(base), base.annotations());
      case TypeRef.Named named -> named(named);
      case TypeRef.ListOf list ->
          container(
              "list",
              Optional.empty(),
              list.element(),
              list.cppType(),
              Ast.Category.LIST,
              list.annotations());
      case TypeRef.SetOf set ->
          container(
              "set",
              Optional.empty(),
              set.element(),
              set.cppType(),
              Ast.Category.SET,
              set.annotations());
      case TypeRef.MapOf map ->
          container(
              "map",
              Optional.of(encode(map.key())),
              map.value(),
              map.cppType(),
              Ast.Category.MAP,
              map.annotations());
    };
  }

  private static Ast.Type plain(String name, Ast.Category category, List<Annotation> annotations) {
    return new Ast.Type(
        name,
        Optional.empty(),
        Optional.empty(),
        "",
        FileEncoder.annotations(annotations),
        category,
        Optional.empty(),
        Optional.empty());
  }

  private Ast.Type container(
      String name,
      Optional<Ast.Type> key,
      TypeRef value,
      Optional<StringLiteral> cppType,
      Ast.Category category,
      List<Annotation> annotations) {
    return new Ast.Type(
        name,
        key,
        Optional.of(encode(value)),
        cppType.map(Literal::text).orElse(""),
        FileEncoder.annotations(annotations),
        category,
        Optional.empty(),
        Optional.empty());
  }

  private Ast.Type named(TypeRef.Named written) {
    var target = names.find(written.name()).orElseThrow();
    names.use(target.include());
    return new Ast.Type(
        written.name(),
        Optional.empty(),
        Optional.empty(),
        "",
        FileEncoder.annotations(written.annotations()),
        target.definition() instanceof Typedef typedef
            ? category(typedef.trueType(), written)
            : category(target.definition()),
        reference(target),
        target.definition() instanceof Typedef ? Optional.of(true) : Optional.empty());
  }

  /// How a name of another file is referred to; empty for one of this file.
  static Optional<Ast.Reference> reference(Names.Target target) {
    return target.include() == Names.OWN
        ? Optional.empty()
        : Optional.of(new Ast.Reference(target.name(), target.include()));
  }

  /// What a definition is itself.
  static Ast.Category category(Definition definition) {
    return switch (definition) {
      case Constant _ -> Ast.Category.CONSTANT;
      case EnumType _ -> Ast.Category.ENUM;
      case Service _ -> Ast.Category.SERVICE;
      case Typedef _ -> Ast.Category.TYPEDEF;
      case StructType struct ->
          switch (struct.kind()) {
            case STRUCT -> Ast.Category.STRUCT;
            case UNION -> Ast.Category.UNION;
            case EXCEPTION -> Ast.Category.EXCEPTION;
          };
    };
  }

  private static Ast.Category category(TrueType type, TypeRef written) {
    return switch (type) {
      case BaseType base -> base(base, written);
      case EnumType definition -> category(definition);
      case StructType definition -> category(definition);
      case TrueType.ListType _ -> Ast.Category.LIST;
      case TrueType.SetType _ -> Ast.Category.SET;
      case TrueType.MapType _ -> Ast.Category.MAP;
    };
  }

  private static Ast.Category base(TypeRef.Base written) {
    var keyword = written.keyword().equals("byte") ? "i8" : written.keyword();
    return base(BaseType.valueOf(keyword.toUpperCase(Locale.ROOT)), written);
  }

  private static Ast.Category base(BaseType type, TypeRef written) {
    return switch (type) {
      case BOOL -> Ast.Category.BOOL;
      case I8 -> Ast.Category.BYTE;
      case I16 -> Ast.Category.I16;
      case I32 -> Ast.Category.I32;
      case I64 -> Ast.Category.I64;
      case DOUBLE -> Ast.Category.DOUBLE;
      case STRING -> Ast.Category.STRING;
      case BINARY -> Ast.Category.BINARY;
      case UUID ->
          throw new PluginException(
              written.span() + ": Thriftgo has no type uuid, so plugins cannot be told of it");
    };
  }
}
