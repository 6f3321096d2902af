package io.windhover.idl.diff;

import io.windhover.idl.Method;
import io.windhover.idl.Service;
import io.windhover.idl.ast.StreamingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compares services: the methods of their own, and what another base does to inherited ones.
final class ServiceComparison {
  private final Pairs pairs;
  private final TypeComparison types;
  private final FieldComparison fields;
  private final Changes changes;

  ServiceComparison(Pairs pairs, TypeComparison types, Changes changes) {
    this.pairs = pairs;
    this.types = types;
    this.fields = new FieldComparison(types, changes);
    this.changes = changes;
  }

  void compare(Service before, Service after) {
    Map<String, Method> now = all(after);
    for (Method old : before.methods()) {
      compare(before, after, old, now.get(old.name()));
    }
    if (!isSameBase(before.base(), after.base())) {
      compareBases(before, after, now);
    }
    Map<String, Method> old = all(before);
    for (Method method : after.methods()) {
      if (!old.containsKey(method.name())) {
        changes.add(
            ThriftChange.METHOD_ADDED,
            subject(before, method),
            "method is new",
            before.syntax().name(),
            method.syntax().name());
      }
    }
  }

  /// All methods that can be called, by name; those of the base last.
  private static Map<String, Method> all(Service service) {
    var methods = new LinkedHashMap<String, Method>();
    for (var it = Optional.of(service); it.isPresent(); it = it.get().base()) {
      it.get().methods().forEach(method -> methods.putIfAbsent(method.name(), method));
    }
    return methods;
  }

  private boolean isSameBase(Optional<Service> before, Optional<Service> after) {
    return before.isEmpty()
        ? after.isEmpty()
        : after.isPresent() && pairs.areOne(before.get(), after.get());
  }

  private void compareBases(Service before, Service after, Map<String, Method> now) {
    changes.add(
        ThriftChange.BASE_SERVICE_CHANGED,
        before.name(),
        "extends %s, was %s".formatted(name(after.base()), name(before.base())),
        before.syntax().base().orElse(before.syntax().name()),
        after.syntax().base().orElse(after.syntax().name()));
    before.base().map(ServiceComparison::all).orElse(Map.of()).values().stream()
        .filter(old -> before.methods().stream().noneMatch(own -> own.name().equals(old.name())))
        .forEach(old -> compare(before, after, old, now.get(old.name())));
    Map<String, Method> old = all(before);
    after.base().map(ServiceComparison::all).orElse(Map.of()).values().stream()
        .filter(method -> !old.containsKey(method.name()))
        .forEach(
            method ->
                changes.add(
                    ThriftChange.METHOD_ADDED,
                    subject(before, method),
                    "method is new, by the base",
                    before.syntax().name(),
                    method.syntax().name()));
  }

  private static String name(Optional<Service> base) {
    return base.map(it -> "'" + it.name() + "'").orElse("nothing");
  }

  private void compare(Service before, Service after, Method old, @Nullable Method now) {
    String subject = subject(before, old);
    if (now == null) {
      changes.add(
          ThriftChange.METHOD_REMOVED,
          subject,
          "method is gone",
          old.syntax().name(),
          after.syntax().name());
      return;
    }
    if (old.isOneway() != now.isOneway()) {
      changes.add(
          now.isOneway() ? ThriftChange.METHOD_BECAME_ONEWAY : ThriftChange.METHOD_NO_LONGER_ONEWAY,
          subject,
          now.isOneway() ? "is oneway, was not" : "is not oneway, was",
          old.syntax().name(),
          now.syntax().name());
    }
    StreamingMode mode = StreamingMode.of(now.syntax());
    StreamingMode oldMode = StreamingMode.of(old.syntax());
    if (mode != oldMode) {
      changes.add(
          ThriftChange.STREAMING_MODE_CHANGED,
          subject,
          "streaming.mode is %s, was %s".formatted(mode, oldMode),
          old.syntax().name(),
          now.syntax().name());
    }
    compareResults(subject, old, now);
    fields.compare(
        FieldRole.ARGUMENT,
        subject,
        old.arguments(),
        old.syntax().name(),
        now.arguments(),
        now.syntax().name());
    fields.compare(
        FieldRole.THROWS,
        subject,
        old.exceptions(),
        old.syntax().name(),
        now.exceptions(),
        now.syntax().name());
  }

  private void compareResults(String subject, Method old, Method now) {
    var before = old.returnType();
    var after = now.returnType();
    if (before.isEmpty() && after.isEmpty()) {
      return;
    }
    var result =
        before.isPresent() && after.isPresent()
            ? types.compare(before.get(), after.get())
            : TypeComparison.Result.CHANGED;
    if (result != TypeComparison.Result.SAME) {
      String shown = after.map(TypeText::of).orElse("void");
      String shownBefore = before.map(TypeText::of).orElse("void");
      changes.add(
          result == TypeComparison.Result.CHANGED
              ? ThriftChange.RESULT_TYPE_CHANGED
              : ThriftChange.RESULT_TYPE_REPLACED,
          subject,
          "returns %s, was %s".formatted(shown, shownBefore),
          old.syntax().name(),
          now.syntax().name());
    }
  }

  private static String subject(Service service, Method method) {
    return service.name() + "." + method.name();
  }
}
