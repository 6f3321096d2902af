package io.windhover.conformance.ledger;

/// Names a call among all of a ledger's.
///
/// @param client that makes it, 1 to 255
/// @param number among the client's calls
record CallId(int client, long number) {

  private static final int NUMBER_BITS = 48;

  /// Both in one number: what a oneway call can carry.
  long packed() {
    return (long) client << NUMBER_BITS | number;
  }

  static CallId unpacked(long packed) {
    return new CallId((int) (packed >>> NUMBER_BITS), packed & ((1L << NUMBER_BITS) - 1));
  }

  @Override
  public String toString() {
    return client + "/" + number;
  }
}
