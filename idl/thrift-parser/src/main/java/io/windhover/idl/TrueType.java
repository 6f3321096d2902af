package io.windhover.idl;

/// A type that is not a typedef. (The elements of a container may be declared through one, except
/// in the result of [#trueType].)
public sealed interface TrueType extends Type
    permits BaseType, EnumType, StructType, TrueType.ListType, TrueType.MapType, TrueType.SetType {

  /// `list<element>`.
  record ListType(Type element) implements TrueType {

    @Override
    public TrueType trueType() {
      return new ListType(element.trueType());
    }

    @Override
    public String toString() {
      return "list<" + element + ">";
    }
  }

  /// `set<element>`.
  record SetType(Type element) implements TrueType {

    @Override
    public TrueType trueType() {
      return new SetType(element.trueType());
    }

    @Override
    public String toString() {
      return "set<" + element + ">";
    }
  }

  /// `map<key, value>`.
  record MapType(Type key, Type value) implements TrueType {

    @Override
    public TrueType trueType() {
      return new MapType(key.trueType(), value.trueType());
    }

    @Override
    public String toString() {
      return "map<" + key + ", " + value + ">";
    }
  }
}
