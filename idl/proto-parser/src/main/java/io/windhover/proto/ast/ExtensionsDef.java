package io.windhover.proto.ast;

import io.windhover.source.Span;
import java.util.List;

/// `extensions 100 to 199;`: numbers that extensions may have.
public record ExtensionsDef(List<NumberRange> ranges, List<OptionDef> options, Span span)
    implements Member {

  public ExtensionsDef {
    ranges = List.copyOf(ranges);
    options = List.copyOf(options);
  }
}
