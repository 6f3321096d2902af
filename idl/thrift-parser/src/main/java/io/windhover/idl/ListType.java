package io.windhover.idl;

/// `list<element>`.
public record ListType(Type element) implements TrueType {

  @Override
  public TrueType trueType() {
    return new ListType(element.trueType());
  }

  @Override
  public String toString() {
    return "list<" + element + ">";
  }
}
