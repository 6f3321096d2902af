package io.windhover.codegen.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A service with its names in Java.
///
/// @param base qualified name of the interface of the service that it extends
/// @param baseView the same as its callers see it
/// @param client simple name of the interface that callers see; null if that is the service's own,
///   which it is without streams
/// @param calls simple name of the class that holds the messages
public record ServiceShape(
    String name,
    String idlName,
    @Nullable String base,
    @Nullable String baseView,
    @Nullable String client,
    String calls,
    List<MethodShape> methods,
    List<String> doc) {

  /// Returns the simple name of the interface that callers see.
  public String view() {
    return client == null ? name : client;
  }

  /// Whether it has methods of streams, inherited ones included.
  public boolean hasStreams() {
    return client != null;
  }

  /// Whether the service that it extends has any.
  public boolean baseHasStreams() {
    return base != null && !base.equals(baseView);
  }

  /// Returns the methods of streams, without those that are inherited.
  public List<MethodShape> streams() {
    return methods.stream().filter(method -> method.kind().isStream()).toList();
  }

  /// Returns the other methods.
  public List<MethodShape> unaryMethods() {
    return methods.stream().filter(method -> !method.kind().isStream()).toList();
  }
}
