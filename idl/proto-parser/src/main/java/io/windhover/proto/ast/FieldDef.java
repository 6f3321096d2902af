package io.windhover.proto.ast;

import io.windhover.source.Span;
import java.util.List;
import java.util.Optional;

/// A field of a message or an extension.
///
/// @param name of a group: that of its message, as written, with a capital
/// @param options those in brackets, `default` and `json_name` among them
/// @param group the message of a group, whose type is its name
public record FieldDef(
    Optional<Comment> comment,
    Optional<Label> label,
    TypeRef type,
    Name name,
    NumberLiteral number,
    List<OptionDef> options,
    Optional<MessageDef> group,
    Span span)
    implements Member {

  public FieldDef {
    options = List.copyOf(options);
  }
}
