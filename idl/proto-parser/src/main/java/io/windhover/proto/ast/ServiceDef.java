package io.windhover.proto.ast;

import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;

/// A service.
///
/// @param members methods and options, in the order of the file
public record ServiceDef(Optional<Comment> comment, Name name, List<Member> members, Span span)
    implements Declaration {

  public ServiceDef {
    members = List.copyOf(members);
  }
}
