package io.windhover.rpc.wire;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// The name of one failure, which stands in the log of the server and in the error that its caller
/// gets: eight hexadecimal digits. It travels in the text of the error, which every protocol has.
public final class ErrorId {

  private static final Pattern IN_TEXT = Pattern.compile("error id ([0-9a-f]{8})(?![0-9a-zA-Z])");

  private ErrorId() {}

  public static String next() {
    return "%08x".formatted(ThreadLocalRandom.current().nextInt());
  }

  /// Returns how the text of an error names it.
  public static String text(String id) {
    return "error id " + id;
  }

  /// Returns the id that the text of an error names, if it does.
  public static Optional<String> in(String text) {
    var found = IN_TEXT.matcher(text);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
