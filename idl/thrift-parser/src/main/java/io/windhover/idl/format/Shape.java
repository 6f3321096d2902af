package io.windhover.idl.format;

import io.windhover.idl.ast.Annotation;
import io.windhover.idl.ast.BoolLiteral;
import io.windhover.idl.ast.ConstDef;
import io.windhover.idl.ast.ConstValue;
import io.windhover.idl.ast.CppInclude;
import io.windhover.idl.ast.Declaration;
import io.windhover.idl.ast.Document;
import io.windhover.idl.ast.DoubleLiteral;
import io.windhover.idl.ast.EnumDef;
import io.windhover.idl.ast.EnumItemDef;
import io.windhover.idl.ast.FieldDef;
import io.windhover.idl.ast.Header;
import io.windhover.idl.ast.IdentifierValue;
import io.windhover.idl.ast.Include;
import io.windhover.idl.ast.IntLiteral;
import io.windhover.idl.ast.ListLiteral;
import io.windhover.idl.ast.MapEntry;
import io.windhover.idl.ast.MapLiteral;
import io.windhover.idl.ast.MethodDef;
import io.windhover.idl.ast.Namespace;
import io.windhover.idl.ast.Node;
import io.windhover.idl.ast.ServiceDef;
import io.windhover.idl.ast.StringLiteral;
import io.windhover.idl.ast.StructDef;
import io.windhover.idl.ast.TypeRef;
import io.windhover.idl.ast.TypedefDef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the syntax tree says about the tokens of a file, by their offsets.
final class Shape {

  /// What a token ends.
  enum Ending {
    DEFINITION,
    METHOD,
    /// A field or enum item on a line of its own.
    MEMBER,
    /// An argument, annotation, list element or map entry.
    ELEMENT
  }

  /// A header or a definition.
  ///
  /// @param isBlock whether it has members, and so several lines
  record Part(int start, int end, boolean isHeader, boolean isBlock) {}

  private final TreeMap<Integer, Part> parts = new TreeMap<>();
  private final Map<Integer, Ending> endings = new HashMap<>();
  private final Set<Integer> mapStarts = new HashSet<>();
  private final Set<Integer> methodNameEnds = new HashSet<>();

  Shape(Document document) {
    for (Header header : document.headers()) {
      part(header, true, false);
      switch (header) {
        case Namespace namespace -> annotations(namespace.annotations());
        case CppInclude _, Include _ -> {}
      }
    }
    document.declarations().forEach(this::declaration);
  }

  /// The header or definition that starts here. (An `xsd_namespace` is none.)
  @Nullable Part partAt(int start) {
    return parts.get(start);
  }

  /// Where the first header or definition behind an offset starts.
  int nextPart(int offset) {
    Integer start = parts.higherKey(offset);
    return start == null ? Integer.MAX_VALUE : start;
  }

  /// What the token that ends here ends.
  @Nullable Ending endingAt(int end) {
    return endings.get(end);
  }

  /// Whether the brace that starts here opens a value and not members.
  boolean isMap(int start) {
    return mapStarts.contains(start);
  }

  /// Whether the name that ends here is a method's, before its arguments.
  boolean isMethodName(int end) {
    return methodNameEnds.contains(end);
  }

  private void part(Node node, boolean isHeader, boolean isBlock) {
    int start = node.span().start();
    parts.put(start, new Part(start, node.span().end(), isHeader, isBlock));
    end(node, Ending.DEFINITION);
  }

  private void end(Node node, Ending ending) {
    endings.put(node.span().end(), ending);
  }

  private void declaration(Declaration declaration) {
    boolean isBlock =
        switch (declaration) {
          case ConstDef constant -> {
            type(constant.type());
            value(constant.value());
            yield false;
          }
          case TypedefDef typedef -> {
            type(typedef.type());
            yield false;
          }
          case EnumDef type -> {
            type.items().forEach(this::item);
            yield !type.items().isEmpty();
          }
          case StructDef struct -> {
            struct.fields().forEach(field -> field(field, Ending.MEMBER));
            yield !struct.fields().isEmpty();
          }
          case ServiceDef service -> {
            service.methods().forEach(this::method);
            yield !service.methods().isEmpty();
          }
        };
    annotations(declaration.annotations());
    part(declaration, false, isBlock);
  }

  private void item(EnumItemDef item) {
    annotations(item.annotations());
    end(item, Ending.MEMBER);
  }

  private void method(MethodDef method) {
    methodNameEnds.add(method.name().span().end());
    method.returnType().ifPresent(this::type);
    method.arguments().forEach(field -> field(field, Ending.ELEMENT));
    method.exceptions().forEach(field -> field(field, Ending.ELEMENT));
    annotations(method.annotations());
    end(method, Ending.METHOD);
  }

  private void field(FieldDef field, Ending ending) {
    type(field.type());
    field.defaultValue().ifPresent(this::value);
    field.xsd().attributes().forEach(attribute -> field(attribute, Ending.MEMBER));
    annotations(field.annotations());
    end(field, ending);
  }

  private void type(TypeRef type) {
    annotations(type.annotations());
    switch (type) {
      case TypeRef.ListOf list -> type(list.element());
      case TypeRef.SetOf set -> type(set.element());
      case TypeRef.MapOf map -> {
        type(map.key());
        type(map.value());
      }
      case TypeRef.Base _, TypeRef.Named _ -> {}
    }
  }

  private void value(ConstValue value) {
    switch (value) {
      case ListLiteral list -> {
        for (ConstValue element : list.elements()) {
          value(element);
          end(element, Ending.ELEMENT);
        }
      }
      case MapLiteral map -> {
        mapStarts.add(map.span().start());
        for (MapEntry entry : map.entries()) {
          value(entry.key());
          value(entry.value());
          end(entry, Ending.ELEMENT);
        }
      }
      case BoolLiteral _, DoubleLiteral _, IdentifierValue _, IntLiteral _, StringLiteral _ -> {}
    }
  }

  private void annotations(List<Annotation> annotations) {
    annotations.forEach(it -> end(it, Ending.ELEMENT));
  }
}
