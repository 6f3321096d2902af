package io.windhover.http2;

import io.windhover.http2.hpack.HeaderField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds the header lists that one connection sends to the rules that it has for those that it
/// gets: a value with a line break, written by whoever, would be fields of its own to a peer that
/// speaks HTTP/1 further on. Guarded by the lock of the [Sender].
///
/// Most fields are the same from list to list, so those that were found right lately are known.
final class OutgoingFields {

  private static final int PLACES = 64;

  private final @Nullable HeaderField[] right = new HeaderField[PLACES];

  /// @param head of a request or a response; its first field is one of HTTP/2's own
  /// @return what both count against a limit of lists, in bytes
  /// @throws IllegalArgumentException if a field may not be sent
  int check(@Nullable List<HeaderField> head, @Nullable List<HeaderField> trailers) {
    return (head == null ? 0 : checkHead(head)) + (trailers == null ? 0 : check(trailers, 0));
  }

  private int checkHead(List<HeaderField> head) {
    int bytes = 0;
    int own = 0;
    while (own < head.size() && isOwn(head.get(own))) {
      bytes += head.get(own).size();
      requireValue(head.get(own++));
    }
    if (own == 0) {
      throw new IllegalArgumentException("a head without :method or :status");
    }
    return bytes + check(head, own);
  }

  private static boolean isOwn(HeaderField field) {
    return field.name().startsWith(":");
  }

  private void requireValue(HeaderField own) {
    if (!isKnown(own)) {
      if (!FieldRules.isValue(own.value())) {
        throw new IllegalArgumentException(
            own.name() + ": a value with a character that values do not have");
      }
      know(own);
    }
  }

  private int check(List<HeaderField> fields, int from) {
    int bytes = 0;
    for (int i = from; i < fields.size(); i++) {
      var field = fields.get(i);
      if (!isKnown(field) || isOwn(field)) {
        var fault = FieldRules.fault(field);
        if (fault != null) {
          throw new IllegalArgumentException(fault);
        }
        know(field);
      }
      bytes += field.size();
    }
    return bytes;
  }

  private boolean isKnown(HeaderField field) {
    var known = right[place(field)];
    return field.equals(known);
  }

  private void know(HeaderField field) {
    right[place(field)] = field;
  }

  private static int place(HeaderField field) {
    return (31 * field.name().hashCode() + field.value().hashCode()) & (PLACES - 1);
  }
}
