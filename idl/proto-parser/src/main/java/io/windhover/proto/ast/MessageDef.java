package io.windhover.proto.ast;

import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;

/// A message; also the one that a group makes.
///
/// @param members in the order of the file
public record MessageDef(
    Optional<Comment> comment,
    Optional<Visibility> visibility,
    Name name,
    List<Member> members,
    Span span)
    implements Declaration {

  public MessageDef {
    members = List.copyOf(members);
  }
}
