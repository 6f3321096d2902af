package io.windhover.idl;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Puts cycles into words.
final class Cycles {
  private static final int MAX_SHOWN = 10;

  private Cycles() {}

  /// `A -> B -> A`; of a long cycle only the first nodes.
  static String show(List<?> cycle) {
    var shown = cycle.stream().limit(MAX_SHOWN).map(Object::toString);
    var cut = cycle.size() > MAX_SHOWN ? Stream.of("...") : Stream.<String>of();
    return Stream.of(shown, cut, Stream.of(cycle.getFirst().toString()))
        .flatMap(part -> part)
        .collect(Collectors.joining(" -> "));
  }
}
