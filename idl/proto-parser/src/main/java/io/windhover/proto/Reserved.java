package io.windhover.proto;

import io.windhover.proto.ast.Name;
import io.windhover.source.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What no field of a message, or no value of an enum, may have.
public final class Reserved {
  private final List<Range> ranges = new ArrayList<>();
  private final List<Name> names = new ArrayList<>();

  /// Numbers from `first` to `last`, both of them in it.
  public record Range(int first, int last, Span span) {
    public boolean contains(int number) {
      return number >= first && number <= last;
    }

    @Override
    public String toString() {
      return first == last ? Integer.toString(first) : first + " to " + last;
    }
  }

  Reserved() {}

  public List<Range> ranges() {
    return Collections.unmodifiableList(ranges);
  }

  public List<Name> names() {
    return Collections.unmodifiableList(names);
  }

  void add(Range range) {
    ranges.add(range);
  }

  void add(Name name) {
    names.add(name);
  }
}
