package io.windhover.rpc;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An IDL service together with the user's handler for it: what a server serves.
///
/// @param name the name in the IDL, by which callers choose among the services of one port
/// @param operations one for each method, those of base services included
/// @param streams the same for the methods of streams
public record Service(String name, List<Operation> operations, List<StreamOperation> streams) {

  public Service {
    operations = List.copyOf(operations);
    streams = List.copyOf(streams);
    var names = new HashSet<String>();
    operations.forEach(operation -> add(name, operation.method(), names));
    streams.forEach(operation -> add(name, operation.method(), names));
  }

  private static void add(String service, Method<?> method, Set<String> names) {
    if (!names.add(method.name())) {
      throw new IllegalArgumentException(
          "service " + service + " has two methods named " + method.name());
    }
  }

  /// A service without streams.
  public Service(String name, List<Operation> operations) {
    this(name, operations, List.of());
  }

  /// Returns the name by which gRPC knows it, as [Method#fullName] has it. A server finds it by
  /// either.
  public String fullName() {
    if (!operations.isEmpty()) {
      return operations.getFirst().method().fullName(name);
    }
    return streams.isEmpty() ? name : streams.getFirst().method().fullName(name);
  }

  /// Returns the same service under another name, for callers that know it by that one; it may be
  /// served beside this one.
  public Service named(String name) {
    return new Service(name, operations, streams);
  }
}
