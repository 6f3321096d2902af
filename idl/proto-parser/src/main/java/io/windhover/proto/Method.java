package io.windhover.proto;

import io.windhover.proto.ast.Comment;
import io.windhover.proto.ast.MethodDef;
import io.windhover.source.Span;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A method of a service.
public final class Method implements Symbol {
  private final Service service;
  private final MethodDef syntax;
  private @Nullable MessageType input;
  private @Nullable MessageType output;
  private Options options = Options.NONE;

  Method(Service service, MethodDef syntax) {
    this.service = service;
    this.syntax = syntax;
  }

  public Service service() {
    return service;
  }

  @Override
  public ProtoFile file() {
    return service.file();
  }

  public MethodDef syntax() {
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
    return service.fullName() + "." + name();
  }

  @Override
  public Span span() {
    return syntax.name().span();
  }

  @Override
  public String kind() {
    return "a method";
  }

  /// What callers send.
  public MessageType input() {
    return linked(input);
  }

  /// What they get.
  public MessageType output() {
    return linked(output);
  }

  /// Whether callers send any number of messages.
  public boolean isClientStreaming() {
    return syntax.input().isStream();
  }

  /// Whether they get any number of messages.
  public boolean isServerStreaming() {
    return syntax.output().isStream();
  }

  public Options options() {
    return options;
  }

  void link(@Nullable MessageType newInput, @Nullable MessageType newOutput) {
    input = newInput;
    output = newOutput;
  }

  void setOptions(Options options) {
    this.options = options;
  }

  private MessageType linked(@Nullable MessageType type) {
    if (type == null) {
      throw new IllegalStateException(fullName() + " has a type that is not known");
    }
    return type;
  }

  @Override
  public String toString() {
    return fullName();
  }
}
