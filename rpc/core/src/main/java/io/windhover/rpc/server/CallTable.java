package io.windhover.rpc.server;

import io.windhover.rpc.server.MuxServerConnection.Call;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The calls under way on a connection, by sequence id.
///
/// For one thread, but for [#forEachUnderWay]. A call that ends on another only says so, and is let
/// go of when this table comes across it: so a call costs no lock, and ended ones, which hold next
/// to nothing, stay for a while.
///
/// Open addressing: a call is in the first place that was free from the one on that its id points
/// to. Places are never emptied, or calls behind them would be lost; they are taken again, and when
/// half of all are in use, those under way move to a new table.
final class CallTable {

  private static final int MIN_PLACES = 16;
  private static final int GOLDEN_RATIO = 0x9E3779B9; // spreads ids that are counted up in steps

  private volatile AtomicReferenceArray<@Nullable Call> places =
      new AtomicReferenceArray<>(MIN_PLACES);
  private int used;

  /// @return whether `call` is in: not if another with its sequence id is under way
  boolean add(Call call) {
    if (used >= places.length() / 2) {
      rebuild();
    }
    return add(call, places);
  }

  private boolean add(Call call, AtomicReferenceArray<@Nullable Call> places) {
    int mask = places.length() - 1;
    int free = -1;
    int at = call.sequenceId * GOLDEN_RATIO >>> Integer.numberOfLeadingZeros(mask);
    for (var other = places.getPlain(at); other != null; other = places.getPlain(at)) {
      if (other.hasEnded()) {
        free = free < 0 ? at : free;
      } else if (other.sequenceId == call.sequenceId) {
        return false;
      }
      at = (at + 1) & mask;
    }
    if (free < 0) {
      free = at;
      used++;
    }
    places.setRelease(free, call);
    return true;
  }

  private void rebuild() {
    int[] underWay = {0};
    forEachUnderWay(_ -> underWay[0]++);
    var larger =
        new AtomicReferenceArray<@Nullable Call>(
            Math.max(MIN_PLACES, Integer.highestOneBit(underWay[0]) * 8));
    used = 0;
    forEachUnderWay(call -> add(call, larger));
    places = larger;
  }

  /// Any thread; another than the table's own may miss a call that is being added.
  void forEachUnderWay(Consumer<Call> step) {
    var current = places;
    for (int at = 0; at < current.length(); at++) {
      var call = current.getAcquire(at);
      if (call != null && !call.hasEnded()) {
        step.accept(call);
      }
    }
  }
}
