package io.windhover.proto.diff;

import io.windhover.proto.MessageType;
import io.windhover.proto.Method;
import io.windhover.proto.Service;
import java.util.LinkedHashMap;
import java.util.Map;

/// Compares two versions of a service.
final class ServiceComparison {
  private final TypeComparison types;
  private final Changes changes;

  ServiceComparison(TypeComparison types, Changes changes) {
    this.types = types;
    this.changes = changes;
  }

  void compare(Service before, Service after) {
    String owner = Definitions.name(before) + ".";
    Map<String, Method> rest = new LinkedHashMap<>();
    after.methods().forEach(it -> rest.put(it.name(), it));
    for (Method old : before.methods()) {
      Method now = rest.remove(old.name());
      if (now == null) {
        String message = "method is gone";
        changes.add(ProtoChange.METHOD_REMOVED, owner + old.name(), message, old, after);
      } else {
        compare(owner + old.name(), old, now);
      }
    }
    for (Method now : rest.values()) {
      changes.add(ProtoChange.METHOD_ADDED, owner + now.name(), "method is new", before, now);
    }
  }

  private void compare(String subject, Method before, Method after) {
    if (!streams(before).equals(streams(after))) {
      String message = "has %s, had %s".formatted(streams(after), streams(before));
      changes.add(ProtoChange.METHOD_STREAMING_CHANGED, subject, message, before, after);
    }
    type(subject, "request", before, after, before.input(), after.input());
    type(subject, "response", before, after, before.output(), after.output());
  }

  private static String streams(Method method) {
    return (method.isClientStreaming() ? "a stream" : "a message")
        + " in and "
        + (method.isServerStreaming() ? "a stream" : "a message")
        + " out";
  }

  private void type(
      String subject, String role, Method before, Method after, MessageType old, MessageType now) {
    String message = "%s is %s, was %s".formatted(role, now, old);
    switch (types.compare(old, now)) {
      case SAME -> {}
      case REPLACED ->
          changes.add(ProtoChange.METHOD_TYPE_REPLACED, subject, message, before, after);
      case CHANGED -> changes.add(ProtoChange.METHOD_TYPE_CHANGED, subject, message, before, after);
    }
  }
}
