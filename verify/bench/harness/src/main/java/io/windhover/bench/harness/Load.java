package io.windhover.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.AtomicHistogram;
import org.jspecify.annotations.Nullable;

/// One run of callers against a server, each on a virtual thread.
///
/// In a *closed loop* a caller starts its next call when it has the answer to the last. In an *open
/// loop* call number `n` is planned for `n / rate` seconds after the start, whatever became of
/// those before it, and its latency counts from that instant: the wait for a free caller is part of
/// what a user would feel, and is what measuring from the actual start leaves out.
final class Load {

  private static final long LOWEST_NANOS = 100;
  private static final long HIGHEST_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MAX_ERRORS_IN_A_ROW = 100;

  private final LoadOptions options;
  private final AtomicHistogram latencies = new AtomicHistogram(LOWEST_NANOS, HIGHEST_NANOS, 3);
  private final AtomicLong plannedCalls = new AtomicLong();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private final AtomicInteger errorsInARow = new AtomicInteger();
  private final List<Thread> callers = new ArrayList<>();
  private final long start;
  private final long begin;
  private final long end;
  private volatile @Nullable Exception fatal;

  private Load(LoadOptions options) {
    this.options = options;
    start = System.nanoTime();
    begin = start + TimeUnit.MILLISECONDS.toNanos(options.warmupMillis());
    end = begin + TimeUnit.MILLISECONDS.toNanos(options.windowMillis());
  }

  /// Makes the means of all callers, and then lets them go at once.
  static Load start(Contestant.Client client, LoadOptions options) throws Exception {
    var means = new ArrayList<Contestant.Caller>();
    for (int i = 0; i < options.callers(); i++) {
      means.add(client.caller(options.work(), options.bytes()));
    }
    var load = new Load(options);
    var threads = Thread.ofVirtual().uncaughtExceptionHandler((_, e) -> load.callerDied(e));
    for (var caller : means) {
      load.callers.add(threads.start(() -> load.run(caller)));
    }
    return load;
  }

  void awaitWarm() {
    await(begin);
  }

  void awaitEnd() {
    await(end);
  }

  private static void await(long instant) {
    for (long left = instant - System.nanoTime(); left > 0; left = instant - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /// Waits for what is under way, at most ten seconds, and adds up.
  ///
  /// @throws Exception the failure of a call, if a hundred in a row failed or one was an [Error];
  ///   or what a caller could not end
  LoadResult result() throws Exception {
    long giveUp = end + GIVE_UP_NANOS;
    joinUntil(giveUp);
    if (fatal != null) {
      throw fatal;
    }
    return new LoadResult(
        calls.get(), errors.get(), recordUnfinished(giveUp), end - begin, latencies);
  }

  /// Waits until no caller is left that could disturb the next load.
  ///
  /// @throws IllegalStateException if a call has no end
  void awaitCallers() throws InterruptedException {
    joinUntil(System.nanoTime() + GIVE_UP_NANOS);
    if (callers.stream().anyMatch(Thread::isAlive)) {
      throw new IllegalStateException("a call neither ends nor fails");
    }
  }

  private void joinUntil(long instant) throws InterruptedException {
    for (var caller : callers) {
      TimeUnit.NANOSECONDS.timedJoin(caller, Math.max(1, instant - System.nanoTime()));
    }
  }

  private void run(Contestant.Caller caller) {
    if (options.rate() == 0) {
      closedLoop(caller);
    } else {
      openLoop(caller);
    }
    try {
      caller.close();
    } catch (Exception e) {
      fatal = fatal == null ? e : fatal;
    }
  }

  private void closedLoop(Contestant.Caller caller) {
    long sent = System.nanoTime();
    while (sent < end && fatal == null) {
      boolean answered = call(caller);
      long done = System.nanoTime();
      if (done >= begin && done < end) {
        count(answered, done - sent);
      }
      sent = done;
    }
  }

  private void openLoop(Contestant.Caller caller) {
    long planned = next();
    while (planned < end && fatal == null) {
      await(planned);
      long sent = System.nanoTime();
      if (sent > end + GIVE_UP_NANOS) {
        return;
      }
      long since = options.sincePlanned() ? planned : sent;
      boolean answered = call(caller);
      long done = System.nanoTime();
      if (done >= begin && done < end && answered) {
        calls.incrementAndGet();
      }
      if (planned >= begin) {
        countPlanned(answered, done - since);
      }
      planned = next();
    }
  }

  private long next() {
    return plannedFor(plannedCalls.getAndIncrement());
  }

  private long plannedFor(long number) {
    return start + number * TimeUnit.SECONDS.toNanos(1) / options.rate();
  }

  private boolean call(Contestant.Caller caller) {
    try {
      caller.call();
      errorsInARow.setPlain(0);
      return true;
    } catch (Exception e) {
      if (errorsInARow.incrementAndGet() > MAX_ERRORS_IN_A_ROW) {
        fatal = e;
      }
      return false;
    }
  }

  /// Without that caller the load would be less than what was asked for.
  private void callerDied(Throwable e) {
    fatal = new IllegalStateException("a caller died: " + e, e);
  }

  private void count(boolean answered, long latencyNanos) {
    if (answered) {
      calls.incrementAndGet();
    }
    countPlanned(answered, latencyNanos);
  }

  private void countPlanned(boolean answered, long latencyNanos) {
    if (answered) {
      latencies.recordValue(Math.clamp(latencyNanos, LOWEST_NANOS, HIGHEST_NANOS));
    } else {
      errors.incrementAndGet();
    }
  }

  /// Those that were planned for the window and never answered count with the time they have
  /// waited.
  private long recordUnfinished(long giveUp) {
    if (options.rate() == 0) {
      return callers.stream().filter(Thread::isAlive).count();
    }
    long expected = 0;
    long first = (begin - start) * options.rate() / TimeUnit.SECONDS.toNanos(1);
    for (long number = first; plannedFor(number) < end; number++) {
      expected += plannedFor(number) >= begin ? 1 : 0;
    }
    long unfinished = expected - latencies.getTotalCount() - errors.get();
    for (long i = 0; i < unfinished; i++) {
      // the last ones planned are the ones that were not reached
      latencies.recordValue(
          Math.clamp(
              giveUp - end + i * TimeUnit.SECONDS.toNanos(1) / options.rate(),
              LOWEST_NANOS,
              HIGHEST_NANOS));
    }
    return Math.max(0, unfinished);
  }
}
