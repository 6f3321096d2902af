package io.windhover.idl;

import io.windhover.idl.ast.ServiceDef;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A service.
public final class Service implements Definition {
  private final Program program;
  private final ServiceDef syntax;
  private @Nullable Service base;
  private List<Method> methods = List.of();

  Service(Program program, ServiceDef syntax) {
    this.program = program;
    this.syntax = syntax;
  }

  @Override
  public Program program() {
    return program;
  }

  @Override
  public ServiceDef syntax() {
    return syntax;
  }

  /// The service it extends.
  public Optional<Service> base() {
    return Optional.ofNullable(base);
  }

  /// Its own methods in the order of the file; those of [#base] are not repeated.
  public List<Method> methods() {
    return methods;
  }

  void extend(@Nullable Service linked) {
    base = linked;
  }

  void link(List<Method> linked) {
    methods = List.copyOf(linked);
  }

  @Override
  public String toString() {
    return name();
  }
}
