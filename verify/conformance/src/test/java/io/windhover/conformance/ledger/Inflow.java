package io.windhover.conformance.ledger;

/// What one side of a stream has received.
final class Inflow {

  private int last;
  private int ends;
  private boolean disorderly;

  void add(Event event) {
    if (event.kind() == Event.Kind.HALF_CLOSED) {
      ends++;
    } else {
      disorderly |= event.number() != last + 1 || ends > 0;
      last = event.number();
    }
  }

  /// Whether the numbers came one after the other, none twice, and none after the end, of which
  /// there is one at most.
  boolean isInOrder() {
    return !disorderly && ends <= 1;
  }

  boolean isWhole(int messages) {
    return last == messages && ends == 1;
  }

  boolean isEmpty() {
    return last == 0;
  }

  @Override
  public String toString() {
    return "up to %d, %d ends%s".formatted(last, ends, disorderly ? ", not in order" : "");
  }
}
