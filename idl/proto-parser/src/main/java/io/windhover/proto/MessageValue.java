package io.windhover.proto;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A message as a value of an option: fields and what they hold.
public final class MessageValue {
  private final MessageType type;

  /// By number.
  private final Map<Integer, Entry> entries = new TreeMap<>();

  /// A field that is set.
  public record Entry(Field field, Value value) {

    /// With messages of its own, but for those in lists, which do not change.
    private Entry copy() {
      return value instanceof Value.OfMessage(var message)
          ? new Entry(field, new Value.OfMessage(message.copy()))
          : this;
    }
  }

  MessageValue(MessageType type) {
    this.type = type;
  }

  public MessageType type() {
    return type;
  }

  /// Fields that are set, by their numbers.
  public Collection<Entry> entries() {
    return Collections.unmodifiableCollection(entries.values());
  }

  /// The value of a field that is set, by its name.
  public Optional<Value> get(String field) {
    return entries.values().stream()
        .filter(it -> !it.field.isExtension() && it.field.name().equals(field))
        .map(Entry::value)
        .findFirst();
  }

  /// The value of an extension that is set, by its full name.
  public Optional<Value> extension(String fullName) {
    return entries.values().stream()
        .filter(it -> it.field.isExtension() && it.field.fullName().equals(fullName))
        .map(Entry::value)
        .findFirst();
  }

  boolean has(Field field) {
    return entries.containsKey(field.number());
  }

  @Nullable Value get(Field field) {
    Entry entry = entries.get(field.number());
    return entry == null ? null : entry.value;
  }

  /// The message of a field, made if there is none yet.
  MessageValue part(Field field, MessageType partType) {
    if (get(field) instanceof Value.OfMessage(var message)) {
      return message;
    }
    var made = new MessageValue(partType);
    entries.put(field.number(), new Entry(field, new Value.OfMessage(made)));
    return made;
  }

  /// Sets a field, or adds to a repeated one.
  void put(Field field, Value value) {
    Value all = value;
    if (field.isRepeated()) {
      var values = new ArrayList<Value>();
      if (get(field) instanceof Value.OfList(var before)) {
        values.addAll(before);
      }
      values.addAll(value instanceof Value.OfList(var more) ? more : List.of(value));
      all = new Value.OfList(values);
    }
    entries.put(field.number(), new Entry(field, all));
  }

  MessageValue copy() {
    var copy = new MessageValue(type);
    copy.entries.putAll(entries);
    copy.entries.replaceAll((_, entry) -> entry.copy());
    return copy;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }
}
