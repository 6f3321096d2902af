package io.windhover.rpc.client;

import io.windhover.netpoll.PollerGroup;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What users put in the place of parts of a client.
///
/// @param dialler what becomes of the client's own; null if it stays
record ClientParts(@Nullable UnaryOperator<Dialler> dialler) {

  Dialler diallerOf(PollerGroup pollers) {
    return dialler == null ? pollers::dial : new ForeignDialler(dialler.apply(pollers::dial));
  }
}
