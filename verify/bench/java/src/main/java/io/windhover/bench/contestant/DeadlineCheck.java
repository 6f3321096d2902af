package io.windhover.bench.contestant;

import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Middleware;
import java.util.concurrent.atomic.LongAdder;

/// A middleware as users write them: looks at the invocation, counts what is odd about it, here a
/// call that is too late before it begins, and passes the call on.
record DeadlineCheck(LongAdder late) implements Middleware {

  DeadlineCheck() {
    this(new LongAdder());
  }

  @Override
  public Endpoint wrap(Endpoint next) {
    return (invocation, request) -> {
      if (invocation.deadline().remainingNanos() <= 0) {
        late.increment();
      }
      return next.call(invocation, request);
    };
  }
}
