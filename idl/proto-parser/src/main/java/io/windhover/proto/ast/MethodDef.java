package io.windhover.proto.ast;

import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;

/// A method: `rpc f(A) returns (stream B);`.
///
/// @param hasBody whether it has braces for options, be there none in them
public record MethodDef(
    Optional<Comment> comment,
    Name name,
    Type input,
    Type output,
    boolean hasBody,
    List<OptionDef> options,
    Span span)
    implements Member {

  /// A message, or a stream of them.
  public record Type(Name name, boolean isStream) {}

  public MethodDef {
    options = List.copyOf(options);
  }
}
