package io.windhover.rpc.server;

import io.windhover.rpc.server.MuxServerConnection.Call;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The calls under way on a connection, by sequence id.
///
/// For one thread. A call that ends on another only says so, and is let go of when this table comes
/// across it: so a call costs no lock, and ended ones, which hold next to nothing, stay for a
/// while.
///
/// Open addressing: a call is in the first place that was free from the one on that its id points
/// to. Places are never emptied, or calls behind them would be lost; they are taken again, and when
/// half of all are in use, those under way move to a new table.
final class CallTable {

  private static final int MIN_PLACES = 16;
  private static final int GOLDEN_RATIO = 0x9E3779B9; // spreads ids that are counted up in steps

  private @Nullable Call[] places = new @Nullable Call[MIN_PLACES];
  private int used;

  /// @return whether `call` is in: not if another with its sequence id is under way
  boolean add(Call call) {
    if (used >= places.length / 2) {
      rebuild();
    }
    int free = -1;
    int at = place(call);
    for (var other = places[at]; other != null; other = places[at]) {
      if (other.hasEnded()) {
        free = free < 0 ? at : free;
      } else if (other.sequenceId == call.sequenceId) {
        return false;
      }
      at = (at + 1) & (places.length - 1);
    }
    if (free < 0) {
      free = at;
      used++;
    }
    places[free] = call;
    return true;
  }

  private int place(Call call) {
    return call.sequenceId * GOLDEN_RATIO >>> Integer.numberOfLeadingZeros(places.length - 1);
  }

  private void rebuild() {
    int[] underWay = {0};
    forEachUnderWay(_ -> underWay[0]++);
    var old = places;
    places = new @Nullable Call[Math.max(MIN_PLACES, Integer.highestOneBit(underWay[0]) * 8)];
    used = 0;
    for (var call : old) {
      if (call != null && !call.hasEnded()) {
        add(call);
      }
    }
  }

  void forEachUnderWay(Consumer<Call> step) {
    for (var call : places) {
      if (call != null && !call.hasEnded()) {
        step.accept(call);
      }
    }
  }
}
