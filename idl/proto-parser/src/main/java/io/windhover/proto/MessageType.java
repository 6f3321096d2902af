package io.windhover.proto;

import io.windhover.proto.ast.Comment;
import io.windhover.proto.ast.MessageDef;
import io.windhover.proto.ast.Name;
import io.windhover.source.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A message: as written, or the one of a group, or the one for the entries of a map.
public final class MessageType implements Symbol {
  private final ProtoFile file;
  private final @Nullable MessageType parent;
  private final Name name;
  private final @Nullable MessageDef syntax;
  private final List<Field> fields = new ArrayList<>();
  private final List<Oneof> oneofs = new ArrayList<>();
  private final List<MessageType> messages = new ArrayList<>();
  private final List<EnumType> enums = new ArrayList<>();
  private final List<Field> extensions = new ArrayList<>();
  private final List<ExtensionRange> extensionRanges = new ArrayList<>();
  private final Reserved reserved = new Reserved();
  private Options options = Options.NONE;
  private Features features;

  /// @param parent the message it stands in
  /// @param syntax null for the entries of a map
  MessageType(
      ProtoFile file, @Nullable MessageType parent, Name name, @Nullable MessageDef syntax) {
    this.file = file;
    this.parent = parent;
    this.name = name;
    this.syntax = syntax;
    this.features = file.features();
  }

  @Override
  public ProtoFile file() {
    return file;
  }

  /// The message it stands in.
  public Optional<MessageType> parent() {
    return Optional.ofNullable(parent);
  }

  /// As written; empty for the entries of a map.
  public Optional<MessageDef> syntax() {
    return Optional.ofNullable(syntax);
  }

  public Optional<Comment> comment() {
    return syntax().flatMap(MessageDef::comment);
  }

  @Override
  public String name() {
    return name.text();
  }

  @Override
  public String fullName() {
    return parent == null ? file.fullName(name()) : parent.fullName() + "." + name();
  }

  @Override
  public Span span() {
    return name.span();
  }

  @Override
  public String kind() {
    return "a message";
  }

  /// Whether it was made for the entries of a map: field 1 is the key, 2 the value.
  public boolean isMapEntry() {
    return syntax == null;
  }

  /// In the order of the file, those of oneofs among them.
  public List<Field> fields() {
    return Collections.unmodifiableList(fields);
  }

  /// Those written, then one for each field with the word `optional` in proto3.
  public List<Oneof> oneofs() {
    return Collections.unmodifiableList(oneofs);
  }

  /// Messages within this one, those of groups and maps among them.
  public List<MessageType> messages() {
    return Collections.unmodifiableList(messages);
  }

  public List<EnumType> enums() {
    return Collections.unmodifiableList(enums);
  }

  /// Extensions, of whatever message, that stand in this one.
  public List<Field> extensions() {
    return Collections.unmodifiableList(extensions);
  }

  /// Numbers that extensions of this message may have.
  public List<ExtensionRange> extensionRanges() {
    return Collections.unmodifiableList(extensionRanges);
  }

  /// What no field may have.
  public Reserved reserved() {
    return reserved;
  }

  public Options options() {
    return options;
  }

  public Features features() {
    return features;
  }

  /// Whether it is written in the layout that older programs had before there were extensions.
  public boolean isMessageSet() {
    return options.isTrue("message_set_wire_format");
  }

  /// The field of this name, or null.
  @Nullable Field field(String fieldName) {
    for (Field field : fields) {
      if (field.name().equals(fieldName)) {
        return field;
      }
    }
    return null;
  }

  void add(Field field) {
    fields.add(field);
  }

  void add(Oneof oneof) {
    oneofs.add(oneof);
  }

  void add(MessageType message) {
    messages.add(message);
  }

  void add(EnumType type) {
    enums.add(type);
  }

  void addExtension(Field extension) {
    extensions.add(extension);
  }

  void add(ExtensionRange range) {
    extensionRanges.add(range);
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
