package io.windhover.source.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A depth-first walk of a graph, without recursion: the graphs of an IDL (includes, typedefs,
/// constants, bases) can be deeper than the stack.
///
/// @param postorder every node reached, successors before their predecessors where no cycle
///   prevents it
/// @param cycles no two through the same first or last node; each starts with the node that was
///   reached first. A bounded number
public record DepthFirst<N>(List<N> postorder, List<List<N>> cycles) {
  private static final int MAX_CYCLES = 100;
  private static final int MAX_SHOWN = 10;

  public static <N> DepthFirst<N> walk(
      Collection<? extends N> roots, Function<N, ? extends Collection<N>> successors) {
    var walk = new Walk<N>(successors);
    roots.forEach(walk::from);
    return new DepthFirst<>(walk.postorder, walk.cycles);
  }

  /// A cycle in words: `A -> B -> A`; of a long one only the first nodes.
  public static String show(List<?> cycle) {
    var shown = cycle.stream().limit(MAX_SHOWN).map(Object::toString);
    var cut = cycle.size() > MAX_SHOWN ? Stream.of("...") : Stream.<String>of();
    return Stream.of(shown, cut, Stream.of(cycle.getFirst().toString()))
        .flatMap(part -> part)
        .collect(Collectors.joining(" -> "));
  }

  private static final class Walk<N> {
    final List<N> postorder = new ArrayList<>();
    final List<List<N>> cycles = new ArrayList<>();
    private final Function<N, ? extends Collection<N>> successors;
    private final Set<N> visited = new HashSet<>();
    private final Set<N> inCycle = new HashSet<>();

    /// From the root to the node at hand, each with the successors still to visit.
    private final SequencedMap<N, Iterator<N>> path = new LinkedHashMap<>();

    Walk(Function<N, ? extends Collection<N>> successors) {
      this.successors = successors;
    }

    void from(N root) {
      enter(root);
      while (!path.isEmpty()) {
        var last = path.lastEntry();
        if (last.getValue().hasNext()) {
          N next = last.getValue().next();
          if (path.containsKey(next)) {
            close(next, last.getKey());
          } else {
            enter(next);
          }
        } else {
          path.pollLastEntry();
          postorder.add(last.getKey());
        }
      }
    }

    private void enter(N node) {
      if (visited.add(node)) {
        path.putLast(node, successors.apply(node).iterator());
      }
    }

    private void close(N first, N last) {
      if (cycles.size() == MAX_CYCLES || inCycle.contains(first) || inCycle.contains(last)) {
        return;
      }
      Deque<N> cycle = new ArrayDeque<>();
      for (N node : path.sequencedKeySet().reversed()) {
        cycle.addFirst(node);
        if (node.equals(first)) {
          break;
        }
      }
      inCycle.addAll(cycle);
      cycles.add(List.copyOf(cycle));
    }
  }
}
