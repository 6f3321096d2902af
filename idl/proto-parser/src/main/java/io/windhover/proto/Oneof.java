package io.windhover.proto;

import io.windhover.proto.ast.Comment;
import io.windhover.proto.ast.Name;
import io.windhover.proto.ast.OneofDef;
import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Fields of which one at a time has a value.
public final class Oneof implements Symbol {
  private final MessageType message;
  private final Name name;
  private final @Nullable OneofDef syntax;
  private Options options = Options.NONE;
  private Features features;

  /// @param syntax null for that of a field with the word `optional` in proto3
  Oneof(MessageType message, Name name, @Nullable OneofDef syntax) {
    this.message = message;
    this.name = name;
    this.syntax = syntax;
    this.features = message.features();
  }

  public MessageType message() {
    return message;
  }

  @Override
  public ProtoFile file() {
    return message.file();
  }

  /// As written; empty for that of a field with the word `optional` in proto3.
  public Optional<OneofDef> syntax() {
    return Optional.ofNullable(syntax);
  }

  public Optional<Comment> comment() {
    return syntax().flatMap(OneofDef::comment);
  }

  /// Whether it was made for a field with the word `optional` in proto3, which is its only one.
  public boolean isSynthetic() {
    return syntax == null;
  }

  @Override
  public String name() {
    return name.text();
  }

  @Override
  public String fullName() {
    return message.fullName() + "." + name();
  }

  @Override
  public Span span() {
    return name.span();
  }

  @Override
  public String kind() {
    return "a oneof";
  }

  public List<Field> fields() {
    return message.fields().stream().filter(it -> it.oneof().orElse(null) == this).toList();
  }

  public Options options() {
    return options;
  }

  public Features features() {
    return features;
  }

  void setOptions(Options options) {
    this.options = options;
  }

  void setFeatures(Features features) {
    this.features = features;
  }
}
