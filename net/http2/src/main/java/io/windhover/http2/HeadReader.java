package io.windhover.http2;

import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Http2Exception;
import io.windhover.http2.hpack.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes the fields of one header list after the other, and makes heads or trailers of them. What
/// is wrong shows at the end only, since a list has to be decoded to its end in any case. The
/// poller's own.
final class HeadReader implements Consumer<HeaderField> {

  private static final int MIN_STATUS = 100;

  private List<HeaderField> fields = new ArrayList<>();
  private @Nullable String method;
  private @Nullable String scheme;
  private @Nullable String authority;
  private @Nullable String path;
  private @Nullable String status;
  private @Nullable String host;
  private long contentLength;
  private @Nullable String fault; // the first one

  /// Begins another list.
  void start() {
    fields = new ArrayList<>();
    method = null;
    scheme = null;
    authority = null;
    path = null;
    status = null;
    host = null;
    contentLength = -1;
    fault = null;
  }

  @Override
  public void accept(HeaderField field) {
    var name = field.name();
    if (!name.isEmpty() && name.charAt(0) == ':') {
      acceptOwn(field);
      return;
    }
    var wrong = FieldRules.fault(field);
    if (wrong != null) {
      fail(wrong);
    }
    fields.add(field);
    if (name.equals("content-length")) {
      acceptContentLength(field.value());
    } else if (name.equals("host")) {
      host = once(host, field);
    }
  }

  /// One of HTTP/2's own fields.
  private void acceptOwn(HeaderField field) {
    switch (field.name()) {
      case ":method" -> method = once(method, field);
      case ":scheme" -> scheme = once(scheme, field);
      case ":authority" -> authority = once(authority, field);
      case ":path" -> path = once(path, field);
      case ":status" -> status = once(status, field);
      default -> fail("a field of HTTP/2's own that it does not have"); // and that nobody names
    }
    if (!fields.isEmpty()) {
      fail(field.name() + " behind other fields");
    } else if (!FieldRules.isValue(field.value())) {
      fail("a value with a character that values do not have, of " + field.name());
    }
  }

  private String once(@Nullable String before, HeaderField field) {
    if (before != null) {
      fail(field.name() + " twice");
    }
    return field.value();
  }

  private void acceptContentLength(String value) {
    long count = FieldRules.contentLength(value);
    if (count < 0) {
      fail("a content-length that is no number");
    } else if (contentLength >= 0 && contentLength != count) {
      fail("two content-lengths");
    }
    contentLength = count;
  }

  private void fail(String what) {
    if (fault == null) {
      fault = what;
    }
  }

  /// Returns what the last list says of the body's bytes; -1 if it says nothing.
  long contentLength() {
    return contentLength;
  }

  /// @throws Http2Exception of the stream if the last list is no request's
  RequestHead request(int streamId) {
    if (status != null) {
      fail(":status in a request");
    }
    if (method == null || method.isEmpty()) {
      fail("no :method");
    } else if (method.equals("CONNECT")) {
      if (scheme != null || path != null || authority == null) {
        fail("CONNECT with a :scheme or :path, or without an :authority");
      }
    } else if (scheme == null || scheme.isEmpty()) {
      fail("no :scheme");
    } else if (path == null || !isPath(method, path)) {
      fail("no :path that begins with a slash");
    }
    if (authority != null && host != null && !authority.equalsIgnoreCase(host)) {
      fail("a host that is not the :authority");
    }
    failIfWrong(streamId);
    var asked = authority != null ? authority : host;
    return new RequestHead(orEmpty(method), orEmpty(scheme), orEmpty(asked), orEmpty(path), fields);
  }

  private static boolean isPath(String method, String path) {
    return path.startsWith("/") || (path.equals("*") && method.equals("OPTIONS"));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /// @throws Http2Exception of the stream if the last list is no response's
  ResponseHead response(int streamId) {
    failIfRequest();
    int code = status == null ? -1 : statusCode(status);
    if (code < MIN_STATUS) {
      fail("no :status of three digits");
    }
    failIfWrong(streamId);
    return new ResponseHead(code, fields);
  }

  private static int statusCode(String text) {
    return text.length() == 3 ? (int) FieldRules.contentLength(text) : -1;
  }

  private void failIfRequest() {
    if (method != null || scheme != null || authority != null || path != null) {
      fail("a request's field where there is no request");
    }
  }

  /// @throws Http2Exception of the stream if the last list cannot be trailers
  List<HeaderField> trailers(int streamId) {
    failIfRequest();
    if (status != null) {
      fail(":status in trailers");
    }
    failIfWrong(streamId);
    return List.copyOf(fields);
  }

  private void failIfWrong(int streamId) {
    if (fault != null) {
      throw Http2Exception.ofStream(ErrorCode.PROTOCOL_ERROR, streamId, fault);
    }
  }
}
