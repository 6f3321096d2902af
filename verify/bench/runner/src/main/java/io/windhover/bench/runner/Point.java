package io.windhover.bench.runner;

/// One load to put on a contestant.
///
/// @param bytes of each body; [Work#ORDER] has no use for it
/// @param callers at most so many calls are under way
/// @param loadPercent of the capacity of the slowest contestant of its group, as an open loop; 0
///   for a closed loop
record Point(Work work, int bytes, int callers, int loadPercent) {

  static Point closed(Work work, int bytes, int callers) {
    return new Point(work, bytes, callers, 0);
  }

  static Point open(int loadPercent) {
    return new Point(Work.ECHO, 1 << 10, 100, loadPercent);
  }

  boolean isOpen() {
    return loadPercent > 0;
  }

  String name() {
    var load = isOpen() ? "-" + loadPercent + "percent" : "-" + callers;
    return work.word() + (work == Work.ORDER ? "" : "-" + size("")) + load;
  }

  /// For people.
  String title() {
    var what =
        switch (work) {
          case ECHO -> "echo of " + size(" ");
          case PIPELINE -> "echo of " + size(" ") + ", 32 in flight a connection";
          case SLEEP -> "echo of " + size(" ") + " after 1 ms";
          case ORDER -> "struct of 40 fields";
          case BIDI -> size(" ") + " there and back on a stream of each caller";
          case STREAM -> "stream of %,d messages of %s".formatted(work.messages(), size(" "));
        };
    return isOpen()
        ? what + ", open loop at " + loadPercent + " % of the slowest"
        : what + ", " + callers + (callers == 1 ? " caller" : " callers");
  }

  private String size(String space) {
    if (bytes >= 1 << 20) {
      return (bytes >> 20) + space + "MiB";
    }
    return bytes >= 1 << 10 ? (bytes >> 10) + space + "KiB" : bytes + space + "B";
  }
}
