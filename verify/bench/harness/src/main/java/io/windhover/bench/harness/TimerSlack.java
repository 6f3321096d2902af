package io.windhover.bench.harness;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/// By how much the kernel may let a thread sleep too long: 50 us by default, which is half of what
/// a call of an open loop on a quiet server takes. The clients in C and in Go go without it.
final class TimerSlack {

  private static final int PR_SET_TIMERSLACK = 29; // linux/prctl.h
  private static final int FIXED_ARGUMENTS = 1;

  private TimerSlack() {}

  /// Asks for the least there is, for this thread and those that it will start, and they start.
  ///
  /// @throws IllegalStateException if the system refuses
  @SuppressWarnings("restricted") // the runner allows native access
  static void minimize() {
    var linker = Linker.nativeLinker();
    var prctl =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("prctl"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG),
            Linker.Option.firstVariadicArg(FIXED_ARGUMENTS));
    int failed;
    try {
      failed = (int) prctl.invokeExact(PR_SET_TIMERSLACK, 1L);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    if (failed != 0) {
      throw new IllegalStateException("prctl refuses a timer slack of 1 ns");
    }
  }
}
