package io.windhover.http2;

import io.windhover.http2.hpack.HeaderField;
import java.util.ArrayList;
import java.util.List;

/// What opens a request (RFC 9113, section 8.3.1).
///
/// @param method such as `POST`
/// @param scheme `http` or `https`; empty with `CONNECT`
/// @param authority host and port that are asked; empty if the client does not say
/// @param path with its query, character for character as it came; it begins with `/`, or is `*`;
///   empty with `CONNECT`
/// @param fields all others, in their order
public record RequestHead(
    String method, String scheme, String authority, String path, List<HeaderField> fields) {

  private static final HeaderField HEAD = new HeaderField(":method", "HEAD");

  public RequestHead {
    fields = List.copyOf(fields);
  }

  /// Returns all fields as they are sent, the four of HTTP/2's own first.
  public List<HeaderField> toFields() {
    var all = new ArrayList<HeaderField>(fields.size() + 4);
    all.add(new HeaderField(":method", method));
    if (!scheme.isEmpty()) {
      all.add(new HeaderField(":scheme", scheme));
    }
    if (!path.isEmpty()) {
      all.add(new HeaderField(":path", path));
    }
    if (!authority.isEmpty()) {
      all.add(new HeaderField(":authority", authority));
    }
    all.addAll(fields);
    return all;
  }

  /// Whether what is sent so asks for a head without data.
  static boolean asksForHead(List<HeaderField> sent) {
    return sent.getFirst().equals(HEAD);
  }
}
