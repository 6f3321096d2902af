package io.windhover.rpc.connection;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Those connections of a [SharedPool] that take more, as they were at a moment. The list does not
/// change, though what is in it does: each may close, or take no more, at any time.
record SharedMembers<C extends SharedConnection>(List<Member<C>> all) {

  /// One of them.
  record Member<C extends SharedConnection>(C connection, Lifetime lifetime) {

    /// Whether it is open and need not be replaced.
    boolean isFresh(long nowNanos) {
      return !isOld(nowNanos) && connection.isOpen();
    }

    /// Whether another one is wanted in its place, or beside it.
    boolean isBusy(int enough) {
      return connection.load() >= Math.min(enough, connection.room());
    }

    private boolean isOld(long nowNanos) {
      return lifetime.isOver(nowNanos);
    }
  }

  static <C extends SharedConnection> SharedMembers<C> none() {
    return new SharedMembers<>(List.of());
  }

  int size() {
    return all.size();
  }

  boolean isAnyOpen() {
    return all.stream().anyMatch(member -> member.connection.isOpen());
  }

  /// Returns how many are fresh if each of those has a load of `enough`, or as much as it has room
  /// for; `most` if one has less.
  int freshIfBusy(int enough, int most, long nowNanos) {
    int fresh = 0;
    for (var member : all) {
      if (member.isFresh(nowNanos)) {
        if (!member.isBusy(enough)) {
          return most;
        }
        fresh++;
      }
    }
    return fresh;
  }

  /// Returns the one with the least load of those that have room, of `some` from `first` on. Those
  /// where one would wait come after the others, and those that are too old come last: they serve
  /// until they are replaced.
  @Nullable C leastLoaded(int first, int some, int room, long nowNanos) {
    C best = null;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < some && least > 0; i++) {
      var member = all.get((first + i) % all.size());
      int load = member.connection.load();
      long rank = load;
      if (load >= member.connection.room()) {
        rank += Integer.MAX_VALUE;
      }
      if (member.isOld(nowNanos)) {
        rank += 2L * Integer.MAX_VALUE;
      }
      if (load < room && rank < least && member.connection.isOpen()) {
        best = member.connection;
        least = rank;
      }
    }
    return best;
  }

  Optional<C> firstOld(long nowNanos) {
    return all.stream()
        .filter(member -> member.isOld(nowNanos))
        .map(Member::connection)
        .findFirst();
  }
}
