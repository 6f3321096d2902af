package io.windhover.idl.diff;

import io.windhover.source.diff.ChangeRule;
import io.windhover.source.diff.Level;

/// The changes that are told apart, each with its level and what it means to old and new peers.
public enum ThriftChange implements ChangeRule {
  // ---- of the wire
  FIELD_TYPE_CHANGED(
      Level.WIRE, "A reader skips a value of another type: either side finds the other's missing."),
  FIELD_ID_CHANGED(
      Level.WIRE, "A field is known by its id: either side finds the other's missing."),
  REQUIRED_FIELD_ADDED(
      Level.WIRE, "Old peers do not send it, and new readers refuse what lacks it."),
  REQUIRED_FIELD_REMOVED(
      Level.WIRE, "New peers do not send it, and old readers refuse what lacks it."),
  FIELD_BECAME_REQUIRED(
      Level.WIRE, "Old peers may leave it out, and new readers refuse what lacks it."),
  FIELD_NO_LONGER_REQUIRED(
      Level.WIRE, "New peers may leave it out, and old readers refuse what lacks it."),
  OPTIONAL_DEFAULT_CHANGED(
      Level.WIRE,
      "A writer may leave out a field that holds its default, and the reader puts its own there:"
          + " old and new peers read different values."),
  ARM_TYPE_CHANGED(
      Level.WIRE, "A reader skips a value of another type: either side finds the union empty."),
  ARM_ID_CHANGED(Level.WIRE, "An arm is known by its id: either side finds an unknown arm."),
  ARM_REMOVED(Level.WIRE, "Old peers may send it: new readers find an arm that they do not know."),
  ENUM_VALUE_CHANGED(
      Level.WIRE, "Either side takes the other's number for another item, or for none."),
  ENUM_ITEM_REMOVED(Level.WIRE, "Old peers may send its number: new readers have no name for it."),
  SERVICE_REMOVED(Level.WIRE, "Calls of old clients fail."),
  METHOD_REMOVED(Level.WIRE, "Calls of old clients fail: the method is unknown."),
  METHOD_BECAME_ONEWAY(
      Level.WIRE, "Old clients wait for a reply that new servers do not send, and time out."),
  METHOD_NO_LONGER_ONEWAY(
      Level.WIRE,
      "New clients wait for a reply that old servers do not send, and old clients do not expect the"
          + " reply of new servers."),
  STREAMING_MODE_CHANGED(
      Level.WIRE,
      "Either side opens the method in its own way, and is refused or waits for what does not"
          + " come."),
  RESULT_TYPE_CHANGED(
      Level.WIRE, "A client skips a result of another type: the call fails for want of a result."),
  ARGUMENT_TYPE_CHANGED(
      Level.WIRE, "A server skips an argument of another type, and finds it missing."),
  ARGUMENT_ID_CHANGED(
      Level.WIRE, "An argument is known by its id: servers find the other's missing."),
  THROWS_ADDED(
      Level.WIRE,
      "Old clients do not know the exception: the call fails for want of a result, or seems to"
          + " succeed if the method is void."),
  THROWS_REMOVED(
      Level.WIRE,
      "New clients do not know the exception of old servers: the call fails for want of a result,"
          + " or seems to succeed if the method is void."),
  THROWS_TYPE_CHANGED(
      Level.WIRE, "Clients read the other's exception as one of their own, and find other fields."),
  THROWS_ID_CHANGED(
      Level.WIRE, "An exception is known by its id: clients do not know the other's."),

  // ---- of the source
  FIELD_REMOVED(
      Level.SOURCE,
      "New peers do not send it and skip what old ones send; code that names it does not compile."
          + " Its id must never come back with another meaning."),
  FIELD_RENAMED(Level.SOURCE, "The wire carries ids; code, and JSON, go by the name."),
  FIELD_TYPE_REPLACED(
      Level.SOURCE, "The bytes are the same; the type in the generated code is another."),
  FIELD_OPTIONALITY_CHANGED(
      Level.SOURCE,
      "Readers take it either way; what says in the generated code whether it is set changes."),
  ARM_ADDED(
      Level.SOURCE,
      "Old readers find an arm that they do not know; a switch over all arms does not compile."),
  ARM_RENAMED(Level.SOURCE, "The wire carries ids; code, and JSON, go by the name."),
  ARM_TYPE_REPLACED(
      Level.SOURCE, "The bytes are the same; the type in the generated code is another."),
  ENUM_ITEM_RENAMED(Level.SOURCE, "The wire carries numbers; code, and JSON, go by the name."),
  ENUM_ITEM_ADDED(
      Level.SOURCE,
      "Old readers have no name for its number; a switch over all items does not compile without"
          + " it."),
  METHOD_ADDED(
      Level.SOURCE,
      "Old servers answer that the method is unknown; handlers have to implement it."),
  RESULT_TYPE_REPLACED(
      Level.SOURCE, "The bytes are the same; the type in the generated code is another."),
  ARGUMENT_ADDED(
      Level.SOURCE,
      "Old clients do not send it, new servers find it missing; code has to pass it."),
  ARGUMENT_REMOVED(
      Level.SOURCE,
      "New clients do not send it, old servers find it missing; code must not pass it."),
  ARGUMENT_TYPE_REPLACED(
      Level.SOURCE, "The bytes are the same; the type in the generated code is another."),
  ARGUMENTS_REORDERED(
      Level.SOURCE,
      "The wire carries ids; generated methods take arguments in the order of the file. If two have"
          + " one type, code goes on to compile and passes them wrongly."),
  THROWS_TYPE_REPLACED(
      Level.SOURCE, "The bytes are the same; the type in the generated code is another."),
  BASE_SERVICE_CHANGED(
      Level.SOURCE, "No method is lost; code that takes the service for its old base breaks."),
  STRUCT_REMOVED(Level.SOURCE, "Code that uses it does not compile."),
  ENUM_REMOVED(Level.SOURCE, "Code that uses it does not compile."),
  TYPEDEF_REMOVED(Level.SOURCE, "Files that use it do not compile."),
  CONST_REMOVED(Level.SOURCE, "Code that uses it does not compile."),
  KIND_CHANGED(
      Level.SOURCE,
      "Code that uses it does not compile; what its fields mean is listed by itself."),
  TYPEDEF_CHANGED(Level.SOURCE, "What it means to each field is listed by itself."),
  CONST_TYPE_CHANGED(Level.SOURCE, "A constant is not sent; its type in the code is another."),
  NAMESPACE_CHANGED(Level.SOURCE, "Peers do not see it; code has to import other names."),

  // ---- harmless
  FIELD_ADDED(Level.NOTE, "Old readers skip it; new readers find it missing if an old peer sends."),
  FIELD_ADDED_BETWEEN(
      Level.NOTE,
      "Old readers skip it; but had a field that is long gone this id, what the oldest peers send"
          + " is read as this one."),
  DEFAULT_CHANGED(
      Level.NOTE, "New objects begin with another value; what is sent is sent as before."),
  ARGUMENT_RENAMED(Level.NOTE, "The wire carries ids; generated methods go by the position."),
  THROWS_RENAMED(Level.NOTE, "The wire carries ids; generated code goes by the type."),
  CONST_CHANGED(Level.NOTE, "A constant is not sent: old code keeps the old value."),
  DEFINITION_ADDED(Level.NOTE, "Nobody knows it yet."),
  INCLUDE_ADDED(Level.NOTE, "What the file defines is compared where it is used."),
  INCLUDE_REMOVED(Level.NOTE, "What the file defined is compared where it was used.");

  private final Level level;
  private final String consequence;

  ThriftChange(Level level, String consequence) {
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
