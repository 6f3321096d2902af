package io.windhover.bench.contestant;

/// What every handler of `sleep` does, on whatever thread its library runs it.
public final class Sleep {

  private Sleep() {}

  public static void oneMillisecond() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
