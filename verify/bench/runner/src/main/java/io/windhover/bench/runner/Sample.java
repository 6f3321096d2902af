package io.windhover.bench.runner;

/// What one contestant did at one point in one round.
///
/// @param serverNanos CPU time of the server within the window
/// @param clientNanos CPU time of the client within the window
/// @param allocatedBytes on the server's heap within the window
/// @param foreignShare of all cores that anything else took, 0 to 1
/// @param stolenShare of all cores that the host gave to others, 0 to 1
/// @param residentBytes of the server, after it
record Sample(
    Contestant contestant,
    Point point,
    int round,
    LoadReport load,
    long serverNanos,
    long clientNanos,
    long allocatedBytes,
    double foreignShare,
    double stolenShare,
    long residentBytes) {

  /// Returns the calls of the window, or the messages where a call has many.
  long calls() {
    return load.calls() * point.work().messages();
  }

  double callsPerSecond() {
    return calls() * 1e9 / load.nanos();
  }

  /// CPU time of the server for one of [#calls], in microseconds.
  double serverMicros() {
    return micros(serverNanos);
  }

  double clientMicros() {
    return micros(clientNanos);
  }

  private double micros(long nanos) {
    return calls() == 0 ? Double.NaN : nanos / 1e3 / calls();
  }

  double allocatedBytesPerCall() {
    return calls() == 0 ? Double.NaN : (double) allocatedBytes / calls();
  }

  boolean isDisturbed(double maxShare) {
    return foreignShare > maxShare || stolenShare > maxShare;
  }
}
