package io.windhover.proto;

import io.windhover.proto.ast.Comment;
import io.windhover.proto.ast.ServiceDef;
import io.windhover.source.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// A service.
public final class Service implements Symbol {
  private final ProtoFile file;
  private final ServiceDef syntax;
  private final List<Method> methods = new ArrayList<>();
  private Options options = Options.NONE;

  Service(ProtoFile file, ServiceDef syntax) {
    this.file = file;
    this.syntax = syntax;
  }

  @Override
  public ProtoFile file() {
    return file;
  }

  public ServiceDef syntax() {
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
    return file.fullName(name());
  }

  @Override
  public Span span() {
    return syntax.name().span();
  }

  @Override
  public String kind() {
    return "a service";
  }

  public List<Method> methods() {
    return Collections.unmodifiableList(methods);
  }

  public Options options() {
    return options;
  }

  void add(Method method) {
    methods.add(method);
  }

  void setOptions(Options options) {
    this.options = options;
  }

  @Override
  public String toString() {
    return fullName();
  }
}
