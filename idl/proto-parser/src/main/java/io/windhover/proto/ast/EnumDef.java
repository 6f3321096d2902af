package io.windhover.proto.ast;

import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;

/// An enum.
///
/// @param members values, options and what is reserved, in the order of the file
public record EnumDef(
    Optional<Comment> comment,
    Optional<Visibility> visibility,
    Name name,
    List<Member> members,
    Span span)
    implements Declaration {

  public EnumDef {
    members = List.copyOf(members);
  }
}
