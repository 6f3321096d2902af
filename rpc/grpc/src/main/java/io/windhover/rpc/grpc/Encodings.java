package io.windhover.rpc.grpc;

import io.windhover.http2.hpack.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The encodings that one side knows: those of the user's, gzip, and none (identity).
final class Encodings {

  private static final Pattern NAME = Pattern.compile("[a-z0-9._-]+");

  private final List<Encoding> compressing; // the preferred one first
  private final HeaderField accepted;

  private Encodings(List<Encoding> compressing) {
    this.compressing = compressing;
    this.accepted =
        new HeaderField(
            "grpc-accept-encoding",
            Encoding.IDENTITY.text()
                + compressing.reversed().stream()
                    .map(it -> "," + it.text())
                    .collect(Collectors.joining()));
  }

  /// @param given the preferred one first
  static Encodings of(List<MessageEncoding> given) {
    var all = new ArrayList<Encoding>();
    for (var encoding : given) {
      all.add(Encoding.of(encoding));
    }
    all.add(Encoding.GZIP);
    return new Encodings(all);
  }

  /// Returns `given` behind `before`.
  ///
  /// @throws IllegalArgumentException if its name is none, or taken
  static List<MessageEncoding> with(List<MessageEncoding> before, MessageEncoding given) {
    var name = given.name();
    boolean isTaken =
        name.equals(Encoding.IDENTITY.text())
            || name.equals(Encoding.GZIP.text())
            || before.stream().anyMatch(it -> it.name().equals(name));
    if (isTaken || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "encoding: \"%s\" (expected: small letters, digits, '.', '_' and '-', and no name that is there already, as gzip is)"
              .formatted(name));
    }
    var all = new ArrayList<>(before);
    all.add(given);
    return List.copyOf(all);
  }

  /// Returns what a `grpc-encoding` says; null if it is not known here.
  @Nullable Encoding read(String text) {
    for (var encoding : compressing) {
      if (encoding.text().equals(text)) {
        return encoding;
      }
    }
    return text.equals(Encoding.IDENTITY.text()) ? Encoding.IDENTITY : null;
  }

  /// Returns the preferred one.
  Encoding first() {
    return compressing.getFirst();
  }

  /// Returns the preferred one of those that a peer reads; identity if that is none.
  ///
  /// @param accepted the peer's `grpc-accept-encoding`
  Encoding firstIn(String accepted) {
    for (var encoding : compressing) {
      if (encoding.isIn(accepted)) {
        return encoding;
      }
    }
    return Encoding.IDENTITY;
  }

  /// Returns the header field that tells of all.
  HeaderField accepted() {
    return accepted;
  }
}
