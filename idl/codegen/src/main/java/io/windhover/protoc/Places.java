package io.windhover.protoc;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The comments of a file, by the places of what they are about: numbers of fields and of elements
/// in them, as in `google.protobuf.SourceCodeInfo`.
final class Places {
  private final Map<List<Long>, String> comments = new HashMap<>();

  /// @param info a `SourceCodeInfo`
  Places(WireMessage info) throws IOException {
    for (WireMessage location : info.messages(1)) {
      String before = location.text(3);
      String comment = before.isEmpty() ? location.text(4) : before;
      if (!comment.isEmpty()) {
        comments.putIfAbsent(location.allNumbers(1), comment);
      }
    }
  }

  /// Lines of a comment; none if there is nothing at this place.
  String comment(List<Long> place, String indent) {
    return comments
        .getOrDefault(place, "")
        .lines()
        .map(line -> "%s//%s\n".formatted(indent, line))
        .collect(Collectors.joining());
  }

  static List<Long> below(List<Long> place, long field, long index) {
    return Stream.concat(place.stream(), Stream.of(field, index)).toList();
  }
}
