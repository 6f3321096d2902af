package io.windhover.idl;

/// `map<key, value>`.
public record MapType(Type key, Type value) implements TrueType {

  @Override
  public TrueType trueType() {
    return new MapType(key.trueType(), value.trueType());
  }

  @Override
  public String toString() {
    return "map<" + key + ", " + value + ">";
  }
}
