package io.windhover.idl.ast;

import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;

/// A field of a struct, an arm of a union, an argument of a method, or an entry of its `throws`
/// list.
///
/// @param isReference whether `&` follows the type (a C++ pointer); without meaning for Java
/// @param xsd the field's XML schema words; without meaning for Java
public record FieldDef(
    Optional<DocComment> doc,
    Optional<IntLiteral> id,
    Requiredness requiredness,
    TypeRef type,
    boolean isReference,
    Name name,
    Optional<ConstValue> defaultValue,
    Xsd xsd,
    List<Annotation> annotations,
    Span span)
    implements Node {

  public FieldDef {
    annotations = List.copyOf(annotations);
  }

  /// `xsd_optional`, `xsd_nillable` and `xsd_attrs { ... }`.
  public record Xsd(boolean isOptional, boolean isNillable, List<FieldDef> attributes) {
    public static final Xsd NONE = new Xsd(false, false, List.of());

    public Xsd {
      attributes = List.copyOf(attributes);
    }
  }
}
