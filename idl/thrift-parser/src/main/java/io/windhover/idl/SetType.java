package io.windhover.idl;

/// `set<element>`.
public record SetType(Type element) implements TrueType {

  @Override
  public TrueType trueType() {
    return new SetType(element.trueType());
  }

  @Override
  public String toString() {
    return "set<" + element + ">";
  }
}
