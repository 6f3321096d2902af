package io.windhover.proto;

import io.windhover.proto.ast.Comment;
import io.windhover.proto.ast.EnumDef;
import io.windhover.source.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An enum.
public final class EnumType implements Symbol {
  private final ProtoFile file;
  private final @Nullable MessageType parent;
  private final EnumDef syntax;
  private final List<EnumValue> values = new ArrayList<>();
  private final Reserved reserved = new Reserved();
  private Options options = Options.NONE;
  private Features features;

  /// @param parent the message it stands in
  EnumType(ProtoFile file, @Nullable MessageType parent, EnumDef syntax) {
    this.file = file;
    this.parent = parent;
    this.syntax = syntax;
    this.features = file.features();
  }

  @Override
  public ProtoFile file() {
    return file;
  }

  /// The message it stands in.
  public Optional<MessageType> parent() {
    return Optional.ofNullable(parent);
  }

  public EnumDef syntax() {
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
    return scoped(name());
  }

  @Override
  public Span span() {
    return syntax.name().span();
  }

  @Override
  public String kind() {
    return "an enum";
  }

  public List<EnumValue> values() {
    return Collections.unmodifiableList(values);
  }

  /// What no value may have.
  public Reserved reserved() {
    return reserved;
  }

  public Options options() {
    return options;
  }

  public Features features() {
    return features;
  }

  /// Whether a number that no value has is no value of a field of this type, but an unknown field.
  public boolean isClosed() {
    return features.enumType() == Features.EnumOpenness.CLOSED;
  }

  /// The full name of a name that stands beside this enum: values have such.
  String scoped(String name) {
    return parent == null ? file.fullName(name) : parent.fullName() + "." + name;
  }

  @Nullable EnumValue value(String valueName) {
    return values.stream().filter(it -> it.name().equals(valueName)).findFirst().orElse(null);
  }

  @Nullable EnumValue value(long number) {
    return values.stream().filter(it -> it.number() == number).findFirst().orElse(null);
  }

  void add(EnumValue value) {
    values.add(value);
  }

  void setOptions(Options options) {
    this.options = options;
  }

  void setFeatures(Features features) {
    this.features = features;
  }

  @Override
  public String toString() {
    return fullName();
  }
}
