package io.windhover.proto;

import io.windhover.proto.ast.Comment;
import io.windhover.proto.ast.Edition;
import io.windhover.proto.ast.FieldDef;
import io.windhover.proto.ast.Label;
import io.windhover.proto.ast.Name;
import io.windhover.proto.ast.OptionDef;
import io.windhover.proto.source.Bytes;
import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A field of a message, or an extension.
public final class Field implements Symbol {
  /// The largest number that a field can have.
  public static final int MAX_NUMBER = (1 << 29) - 1;

  private final ProtoFile file;
  private final @Nullable MessageType scope;
  private final boolean isExtension;
  private final Name name;
  private final int number;
  private final FieldDef syntax;
  private final Label label;
  private @Nullable Oneof oneof;
  private @Nullable MessageType extendee;
  private FieldType type;
  private @Nullable Bytes defaultValue;
  private String jsonName;
  private Options options = Options.NONE;
  private Features features;

  /// @param scope what it stands in
  /// @param syntax for the key and the value of a map, that of the map
  Field(
      ProtoFile file,
      @Nullable MessageType scope,
      boolean isExtension,
      Name name,
      int number,
      FieldDef syntax,
      Label label,
      FieldType type,
      @Nullable Oneof oneof) {
    this.file = file;
    this.scope = scope;
    this.isExtension = isExtension;
    this.name = name;
    this.number = number;
    this.syntax = syntax;
    this.label = label;
    this.oneof = oneof;
    this.type = type;
    this.jsonName = JsonNames.ofField(name.text());
    this.features = file.features();
  }

  @Override
  public ProtoFile file() {
    return file;
  }

  /// As written; for the key and the value of a map, the map.
  public FieldDef syntax() {
    return syntax;
  }

  public Optional<Comment> comment() {
    return syntax.comment();
  }

  @Override
  public String name() {
    return name.text();
  }

  @Override
  public String fullName() {
    return scope == null ? file.fullName(name()) : scope.fullName() + "." + name();
  }

  @Override
  public Span span() {
    return name.span();
  }

  @Override
  public String kind() {
    return isExtension ? "an extension" : "a field";
  }

  public int number() {
    return number;
  }

  public Label label() {
    return label;
  }

  public boolean isRepeated() {
    return label == Label.REPEATED;
  }

  public FieldType type() {
    return type;
  }

  /// The message it stands in; empty for an extension at the top of a file.
  public Optional<MessageType> scope() {
    return Optional.ofNullable(scope);
  }

  public boolean isExtension() {
    return isExtension;
  }

  /// The message that has this field: the one it stands in, or the one it extends.
  public MessageType message() {
    MessageType owner = isExtension ? extendee : scope;
    if (owner == null) {
      throw new IllegalStateException(fullName() + " extends nothing that is known");
    }
    return owner;
  }

  /// The oneof it is of, be it one that was made for it.
  public Optional<Oneof> oneof() {
    return Optional.ofNullable(oneof);
  }

  /// Whether it has the word `optional`, in proto3.
  public boolean isProto3Optional() {
    return file.edition() == Edition.PROTO3
        && syntax.label().filter(Label.OPTIONAL::equals).isPresent();
  }

  /// Whether it is a map: a list of entries, which are messages of their own.
  public boolean isMap() {
    return isRepeated() && type instanceof FieldType.OfMessage(var message) && message.isMapEntry();
  }

  /// The value that a message without this field has, as descriptors write it.
  public Optional<String> defaultValue() {
    return defaultBytes().map(Bytes::text);
  }

  /// The name in JSON.
  public String jsonName() {
    return jsonName;
  }

  public Options options() {
    return options;
  }

  public Features features() {
    return features;
  }

  /// Whether a message can tell that it lacks this field from that it has its default.
  public boolean hasPresence() {
    return !isRepeated()
        && (isExtension
            || oneof != null
            || type instanceof FieldType.OfMessage
            || features.fieldPresence() != Features.FieldPresence.IMPLICIT);
  }

  public boolean isRequired() {
    return features.fieldPresence() == Features.FieldPresence.LEGACY_REQUIRED && !isRepeated();
  }

  /// Whether several values lie in one field on the wire.
  public boolean isPacked() {
    return isRepeated()
        && type.isPackable()
        && features.repeatedFieldEncoding() == Features.RepeatedFieldEncoding.PACKED;
  }

  /// Whether it is a message between two tags, as groups are, and not one with a length.
  public boolean isDelimited() {
    return type instanceof FieldType.OfMessage
        && !isMap()
        && features.messageEncoding() == Features.MessageEncoding.DELIMITED;
  }

  /// Whether the key or the value of a map.
  boolean isOfMapEntry() {
    return scope != null && scope.isMapEntry() && !isExtension;
  }

  /// The option of this name in brackets, be it one that is none, such as `default`.
  @Nullable OptionDef written(String optionName) {
    if (isOfMapEntry()) {
      return null;
    }
    List<OptionDef> all = syntax.options();
    return all.stream().filter(it -> it.name().is(optionName)).findFirst().orElse(null);
  }

  boolean hasExtendee() {
    return extendee != null;
  }

  void setExtendee(MessageType extendee) {
    this.extendee = extendee;
  }

  void setOneof(Oneof oneof) {
    this.oneof = oneof;
  }

  void setType(FieldType type) {
    this.type = type;
  }

  /// The same; a text in proto2 need not be UTF-8.
  Optional<Bytes> defaultBytes() {
    return Optional.ofNullable(defaultValue);
  }

  void setDefaultValue(Bytes defaultValue) {
    this.defaultValue = defaultValue;
  }

  void setJsonName(String jsonName) {
    this.jsonName = jsonName;
  }

  void setOptions(Options options) {
    this.options = options;
  }

  void setFeatures(Features features) {
    this.features = features;
  }

  @Override
  public String toString() {
    return fullName();
  }
}
