package io.windhover.proto.ast;

import io.windhover.source.Span;
import java.util.List;
import java.util.stream.Collectors;

/// The name of an option: `java_package`, `(my.option).part`, `features.(pb.java).large_enum`.
public record OptionName(List<Part> parts, Span span) implements Node {

  /// A field of the message that the parts before have led to.
  ///
  /// @param isExtension whether it is an extension, named in parentheses
  public record Part(Name name, boolean isExtension) implements Node {

    @Override
    public Span span() {
      return name.span();
    }

    @Override
    public String toString() {
      return isExtension ? "(" + name + ")" : name.text();
    }
  }

  public OptionName {
    parts = List.copyOf(parts);
  }

  /// Whether this is the one word.
  public boolean is(String word) {
    return parts.size() == 1
        && !parts.getFirst().isExtension()
        && parts.getFirst().name().text().equals(word);
  }

  @Override
  public String toString() {
    return parts.stream().map(Part::toString).collect(Collectors.joining("."));
  }
}
