package io.windhover.proto.trim;

import io.windhover.proto.EnumType;
import io.windhover.proto.Field;
import io.windhover.proto.FieldType;
import io.windhover.proto.MessageType;
import io.windhover.proto.MessageValue;
import io.windhover.proto.Method;
import io.windhover.proto.Options;
import io.windhover.proto.ProtoFile;
import io.windhover.proto.Service;
import io.windhover.proto.Symbol;
import io.windhover.proto.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What must stay for what is wanted to make sense: messages with the types of their fields and the
/// messages they stand in, extensions of messages that stay, and extensions that set options of
/// what stays.
final class Reach {
  private final Set<Symbol> symbols = new HashSet<>();
  private final Set<ProtoFile> files = new HashSet<>();
  private final Map<MessageType, List<Field>> extensions = new HashMap<>();

  /// What is left to do for what stays: a chain of messages, of extensions that set each other's
  /// options, or of files may be longer than the stack.
  private final Deque<Runnable> pending = new ArrayDeque<>();

  /// For each file the files whose names it mentions.
  private final Map<ProtoFile, Set<ProtoFile>> uses = new HashMap<>();

  /// Files with extensions that stay though nothing mentions them.
  private final Set<ProtoFile> extending = new HashSet<>();

  Reach(Collection<ProtoFile> all) {
    for (var file : all) {
      file.extensions().forEach(this::list);
      file.messages().forEach(this::listIn);
    }
  }

  private void listIn(MessageType message) {
    message.extensions().forEach(this::list);
    message.messages().forEach(this::listIn);
  }

  private void list(Field extension) {
    extensions.computeIfAbsent(extension.message(), _ -> new ArrayList<>()).add(extension);
  }

  boolean has(Symbol symbol) {
    return symbols.contains(symbol);
  }

  /// Whether something that is written in the file stays.
  boolean has(ProtoFile file) {
    return files.contains(file);
  }

  /// Whether a file mentions another, or has to bring its extensions.
  boolean uses(ProtoFile from, ProtoFile file) {
    return extending.contains(file) || uses.getOrDefault(from, Set.of()).contains(file);
  }

  /// Keeps a file, be it empty, with its options; returns whether it was not kept before.
  boolean add(ProtoFile file) {
    boolean isNew = keep(file);
    drain();
    return isNew;
  }

  private boolean keep(ProtoFile file) {
    boolean isNew = files.add(file);
    if (isNew) {
      pending.add(() -> add(file, file.options()));
    }
    return isNew;
  }

  /// Keeps one method of a service.
  void add(Method method) {
    keepService(method.service());
    if (keep(method)) {
      add(method.file(), method.options());
      mention(method.file(), method.input());
      mention(method.file(), method.output());
    }
    drain();
  }

  /// Keeps a message, an enum, an extension, or a service with all of its methods.
  void add(Symbol symbol) {
    switch (symbol) {
      case MessageType message -> keepMessage(message);
      case EnumType type -> keepEnum(type);
      case Field extension when extension.isExtension() -> keepExtension(extension);
      case Service service -> {
        keepService(service);
        service.methods().forEach(this::add);
      }
      default -> throw new IllegalArgumentException(symbol + " is " + symbol.kind());
    }
    drain();
  }

  private boolean keep(Symbol symbol) {
    keep(symbol.file());
    return symbols.add(symbol);
  }

  private void mention(ProtoFile from, Symbol symbol) {
    if (symbol.file() != from) {
      uses.computeIfAbsent(from, _ -> new HashSet<>()).add(symbol.file());
    }
    switch (symbol) {
      case MessageType message -> keepMessage(message);
      case EnumType type -> keepEnum(type);
      default -> throw new AssertionError("a type: " + symbol);
    }
  }

  private void keepService(Service service) {
    if (keep(service)) {
      add(service.file(), service.options());
    }
  }

  private void keepMessage(MessageType message) {
    if (keep(message)) {
      pending.add(() -> follow(message));
    }
  }

  private void keepEnum(EnumType type) {
    if (keep(type)) {
      type.parent().ifPresent(this::keepMessage);
      add(type.file(), type.options());
      type.values().forEach(it -> add(type.file(), it.options()));
    }
  }

  private void drain() {
    for (var next = pending.poll(); next != null; next = pending.poll()) {
      next.run();
    }
  }

  private void follow(MessageType message) {
    var file = message.file();
    message.parent().ifPresent(this::keepMessage);
    add(file, message.options());
    message.oneofs().forEach(it -> add(file, it.options()));
    message.extensionRanges().forEach(it -> add(file, it.options()));
    message.fields().forEach(this::followField);
    for (var extension : extensions.getOrDefault(message, List.of())) {
      extending.add(extension.file());
      keepExtension(extension);
    }
  }

  private void followField(Field field) {
    add(field.file(), field.options());
    switch (field.type()) {
      case FieldType.OfMessage(var type) -> mention(field.file(), type);
      case FieldType.OfEnum(var type) -> mention(field.file(), type);
      case FieldType.OfScalar _, FieldType.Unresolved _ -> {}
    }
  }

  private void keepExtension(Field extension) {
    if (keep(extension)) {
      pending.add(() -> follow(extension));
    }
  }

  private void follow(Field extension) {
    extension.scope().ifPresent(this::keepMessage);
    var extended = extension.message();
    if (extended.file().isStandard()) {
      uses.computeIfAbsent(extension.file(), _ -> new HashSet<>()).add(extended.file());
    } else {
      mention(extension.file(), extended);
    }
    followField(extension);
  }

  private void add(ProtoFile from, Options options) {
    options.value().ifPresent(it -> add(from, it));
  }

  private void add(ProtoFile from, MessageValue options) {
    for (var entry : options.entries()) {
      if (entry.field().isExtension()) {
        uses.computeIfAbsent(from, _ -> new HashSet<>()).add(entry.field().file());
        keepExtension(entry.field());
      }
      add(from, entry.value());
    }
  }

  private void add(ProtoFile from, Value value) {
    switch (value) {
      case Value.OfMessage(var message) -> add(from, message);
      case Value.OfSerialized(var message) -> { // named as the type of an Any
        mention(from, message.type());
        add(from, message);
      }
      case Value.OfList(var values) -> values.forEach(it -> add(from, it));
      case Value.OfBool _, Value.OfInt _, Value.OfFloat _, Value.OfDouble _, Value.OfBytes _ -> {}
    }
  }
}
