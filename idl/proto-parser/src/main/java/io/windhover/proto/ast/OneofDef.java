package io.windhover.proto.ast;

import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;

/// Fields of which one at a time has a value.
///
/// @param members fields and options, in the order of the file
public record OneofDef(Optional<Comment> comment, Name name, List<Member> members, Span span)
    implements Member {

  public OneofDef {
    members = List.copyOf(members);
  }
}
