package io.windhover.rpc;

import java.util.HashSet;
import java.util.List;

/// An IDL service together with the user's handler for it: what a server serves.
///
/// @param name the name in the IDL, by which callers choose among the services of one port
/// @param operations one for each method, those of base services included
public record Service(String name, List<Operation> operations) {

  public Service {
    operations = List.copyOf(operations);
    var names = new HashSet<String>();
    for (var operation : operations) {
      if (!names.add(operation.method().name())) {
        throw new IllegalArgumentException(
            "service " + name + " has two methods named " + operation.method().name());
      }
    }
  }
}
