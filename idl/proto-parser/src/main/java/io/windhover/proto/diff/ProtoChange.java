package io.windhover.proto.diff;

import io.windhover.source.diff.ChangeRule;
import io.windhover.source.diff.Level;

/// The changes of `.proto` files that are told apart, each with its level and what it means to old
/// and new peers.
public enum ProtoChange implements ChangeRule {
  // ---- of the wire
  FIELD_TYPE_CHANGED(
      Level.WIRE,
      "What one writes is no value for the other: it reads nothing, or something else."),
  FIELD_NUMBER_CHANGED(
      Level.WIRE, "A field is known by its number: either side finds the other's missing."),
  FIELD_CARDINALITY_CHANGED(
      Level.WIRE, "Where one side sends many values, the other keeps the last, or none."),
  FIELD_ENCODING_CHANGED(
      Level.WIRE,
      "One side puts the message between two tags, the other behind its length: neither reads the"
          + " other's."),
  FIELD_ONEOF_CHANGED(
      Level.WIRE,
      "Where fields are not of one oneof, several may be set: the other side keeps the last"
          + " alone."),
  REQUIRED_FIELD_ADDED(
      Level.WIRE, "Old peers do not send it, and new readers refuse what lacks it."),
  REQUIRED_FIELD_REMOVED(
      Level.WIRE, "New peers do not send it, and old readers refuse what lacks it."),
  FIELD_BECAME_REQUIRED(
      Level.WIRE, "Old peers may leave it out, and new readers refuse what lacks it."),
  FIELD_NO_LONGER_REQUIRED(
      Level.WIRE, "New peers may leave it out, and old readers refuse what lacks it."),
  DEFAULT_CHANGED(
      Level.WIRE,
      "A writer leaves out a field that is unset, and the reader takes its own default: old and new"
          + " peers read different values."),
  RESERVED_NUMBER_USED(
      Level.WIRE,
      "The number was that of a field of the past: what the oldest peers send is read as this"
          + " one."),
  EXTENDEE_CHANGED(
      Level.WIRE, "It is a field of another message: either side finds the other's unknown."),
  ENUM_VALUE_CHANGED(
      Level.WIRE, "Either side takes the other's number for another value, or for none."),
  ENUM_VALUE_REMOVED(Level.WIRE, "Old peers may send its number: new readers have no name for it."),
  ENUM_OPENNESS_CHANGED(
      Level.WIRE,
      "A number without a name is a value of an open enum, and an unknown field where it is"
          + " closed."),
  PACKAGE_CHANGED(
      Level.WIRE,
      "Calls name their service with its package, and so does an Any its message: those of the"
          + " other version are unknown."),
  SERVICE_REMOVED(Level.WIRE, "Calls of old clients fail."),
  METHOD_REMOVED(Level.WIRE, "Calls of old clients fail: the method is unknown."),
  METHOD_STREAMING_CHANGED(
      Level.WIRE, "Either side waits for messages that do not come, or gets more than it expects."),
  METHOD_TYPE_CHANGED(
      Level.WIRE, "What one writes is another message for the other: fields are lost or wrong."),

  // ---- of the source
  FIELD_REMOVED(
      Level.SOURCE,
      "New peers do not send it and keep what old ones send as unknown; code that names it does not"
          + " compile. Its number must never come back: reserve it."),
  FIELD_RENAMED(Level.SOURCE, "The wire carries numbers; code, and JSON, go by the name."),
  FIELD_TYPE_REPLACED(
      Level.SOURCE, "The bytes are the same; the type in the generated code is another."),
  FIELD_PRESENCE_CHANGED(
      Level.SOURCE,
      "The generated code asks in another way whether it is set; where it cannot, a default is not"
          + " sent."),
  JSON_NAME_CHANGED(Level.SOURCE, "Peers that speak JSON do not know each other's name of it."),
  ONEOF_CHANGED(
      Level.SOURCE, "The wire has no oneofs; the generated code asks in another way what is set."),
  ENUM_VALUE_RENAMED(Level.SOURCE, "The wire carries numbers; code, and JSON, go by the name."),
  ENUM_VALUE_ADDED(
      Level.SOURCE,
      "Old readers have no name for its number; a switch over all values does not compile without"
          + " it."),
  METHOD_ADDED(
      Level.SOURCE,
      "Old servers answer that the method is unknown; handlers have to implement it."),
  METHOD_TYPE_REPLACED(
      Level.SOURCE, "The bytes are the same; the type in the generated code is another."),
  MESSAGE_REMOVED(Level.SOURCE, "Code that uses it does not compile."),
  ENUM_REMOVED(Level.SOURCE, "Code that uses it does not compile."),
  EXTENSION_REMOVED(
      Level.SOURCE,
      "Code that uses it does not compile; what old peers send of it is an unknown field."),
  DEFINITION_MOVED(
      Level.SOURCE, "Peers do not see it; code has to import what is made of another file."),
  JAVA_OPTION_CHANGED(Level.SOURCE, "Peers do not see it; code has to import other names."),

  // ---- harmless
  FIELD_ADDED(Level.NOTE, "Old readers skip it; new readers find it unset if an old peer sends."),
  PACKING_CHANGED(Level.NOTE, "All parsers of Protobuf since 2009 read both."),
  DEFINITION_ADDED(Level.NOTE, "Nobody knows it yet.");

  private final Level level;
  private final String consequence;

  ProtoChange(Level level, String consequence) {
    this.level = level;
    this.consequence = consequence;
  }

  @Override
  public Level level() {
    return level;
  }

  @Override
  public String consequence() {
    return consequence;
  }
}
