package io.windhover.proto;

import io.windhover.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The options of one thing, interpreted.
public final class Options {
  static final Options NONE = new Options(null, List.of(), null);

  private final @Nullable MessageValue value;
  private final List<Statement> custom;
  private final @Nullable Span span;

  /// An option that is an extension, as one statement has set it.
  ///
  /// @param path the fields that lead to the one that is set, it being the last
  record Statement(List<Field> path, Value value) {
    Statement {
      path = List.copyOf(path);
    }
  }

  /// @param value all of them; null if there is none
  /// @param custom those that are extensions, in their order: descriptors keep them apart
  /// @param span where the first of them is set
  Options(@Nullable MessageValue value, List<Statement> custom, @Nullable Span span) {
    this.value = value;
    this.span = span;
    this.custom = List.copyOf(custom);
  }

  public boolean isEmpty() {
    return value == null;
  }

  /// All of them, as the message that `descriptor.proto` has for them.
  public Optional<MessageValue> value() {
    return Optional.ofNullable(value);
  }

  /// Where the first of them is set.
  Optional<Span> span() {
    return Optional.ofNullable(span);
  }

  /// The text of an option such as `java_package`.
  public Optional<String> text(String name) {
    return value()
        .flatMap(it -> it.get(name))
        .filter(Value.OfBytes.class::isInstance)
        .map(it -> ((Value.OfBytes) it).text());
  }

  /// Whether an option such as `deprecated` is set to true.
  public boolean isTrue(String name) {
    return value != null && value.get(name).filter(new Value.OfBool(true)::equals).isPresent();
  }

  /// The name of the value of an option whose type is an enum, such as `optimize_for`.
  public Optional<String> choice(String name) {
    return value().flatMap(it -> choice(it, name));
  }

  /// Whether an option is set, be it to its default.
  public boolean has(String name) {
    return value != null && value.get(name).isPresent();
  }

  /// The name of what a feature is set to here, or null.
  @Nullable String feature(String name) {
    return value()
        .flatMap(it -> it.get("features"))
        .filter(Value.OfMessage.class::isInstance)
        .flatMap(it -> choice(((Value.OfMessage) it).value(), name))
        .orElse(null);
  }

  private static Optional<String> choice(MessageValue message, String name) {
    for (MessageValue.Entry entry : message.entries()) {
      if (entry.field().name().equals(name)
          && entry.field().type() instanceof FieldType.OfEnum(var type)
          && entry.value() instanceof Value.OfInt(long number)) {
        return Optional.ofNullable(type.value(number)).map(EnumValue::name);
      }
    }
    return Optional.empty();
  }

  /// As descriptors hold them: the language's own by their numbers, then the others as they were
  /// set, one by one.
  public byte[] toBytes() {
    var out = new WireWriter();
    if (value != null) {
      var encoder = new ValueEncoder(out, false);
      value.entries().stream()
          .filter(it -> !it.field().isExtension())
          .forEach(it -> encoder.field(it.field(), it.value()));
      for (Statement statement : custom) {
        encoder.path(new ArrayList<>(statement.path()), statement.value());
      }
    }
    return out.toByteArray();
  }

  /// As descriptors hold them that are looked at when a program runs: without options that are only
  /// for who compiles (`retention = RETENTION_SOURCE`), each once.
  public byte[] toRuntimeBytes() {
    var out = new WireWriter();
    if (value != null) {
      new ValueEncoder(out, true).fields(value);
    }
    return out.toByteArray();
  }
}
