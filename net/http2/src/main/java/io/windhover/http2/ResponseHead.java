package io.windhover.http2;

import io.windhover.http2.hpack.HeaderField;
import java.util.ArrayList;
import java.util.List;

/// What opens a response (RFC 9113, section 8.3.2).
///
/// @param status 200 to 999; interim ones, below 200, are not shown
/// @param fields all others, in their order
public record ResponseHead(int status, List<HeaderField> fields) {

  public ResponseHead {
    fields = List.copyOf(fields);
  }

  /// Returns all fields as they are sent.
  public List<HeaderField> toFields() {
    var all = new ArrayList<HeaderField>(fields.size() + 1);
    all.add(new HeaderField(":status", Integer.toString(status)));
    all.addAll(fields);
    return all;
  }
}
