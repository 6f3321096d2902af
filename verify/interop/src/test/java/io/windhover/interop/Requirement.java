package io.windhover.interop;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// What a peer needs of this machine.
final class Requirement {
  private static final long MAX_SECONDS = 30;

  private Requirement() {}

  /// Skips the test if a command cannot be run, or fails; with `WINDHOVER_REQUIRE_PEERS=1` in the
  /// environment, fails it.
  static void orAbort(String peer, String... command) {
    if (runs(command)) {
      return;
    }
    var message =
        "*** NOT TESTED AGAINST %s: this machine cannot run '%s' ***"
            .formatted(peer.toUpperCase(Locale.ROOT), String.join(" ", command));
    if ("1".equals(System.getenv("WINDHOVER_REQUIRE_PEERS"))) {
      throw new AssertionError(message);
    }
    abort(message);
  }

  private static boolean runs(String... command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        process.getOutputStream().close();
        return process.waitFor(MAX_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) { // no such program
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + command[0], e);
    }
  }
}
