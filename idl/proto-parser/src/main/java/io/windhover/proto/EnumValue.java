package io.windhover.proto;

import io.windhover.proto.ast.Comment;
import io.windhover.proto.ast.EnumValueDef;
import io.windhover.source.Span;
import java.util.Optional;

/// A value of an enum. Its full name is beside that of the enum, not below it.
public final class EnumValue implements Symbol {
  private final EnumType type;
  private final EnumValueDef syntax;
  private final int number;
  private Options options = Options.NONE;

  EnumValue(EnumType type, EnumValueDef syntax, int number) {
    this.type = type;
    this.syntax = syntax;
    this.number = number;
  }

  public EnumType type() {
    return type;
  }

  @Override
  public ProtoFile file() {
    return type.file();
  }

  public EnumValueDef syntax() {
    return syntax;
  }

  public Optional<Comment> comment() {
    return syntax.comment();
  }

  @Override
  public String name() {
    return syntax.name().text();
  }

  @Override
  public String fullName() {
    return type.scoped(name());
  }

  @Override
  public Span span() {
    return syntax.name().span();
  }

  @Override
  public String kind() {
    return "a value of an enum";
  }

  public int number() {
    return number;
  }

  public Options options() {
    return options;
  }

  void setOptions(Options options) {
    this.options = options;
  }

  @Override
  public String toString() {
    return name();
  }
}
