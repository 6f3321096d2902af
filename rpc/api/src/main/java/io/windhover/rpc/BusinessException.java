package io.windhover.rpc;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A call that ended with a business status: the remote procedure call itself succeeded, and the
/// method says no.
///
/// Handlers throw it, callers catch it; nothing has to be set up. It is for outcomes that the IDL
/// does not declare as exceptions, such as codes that a whole company shares. Kitex calls it
/// BizStatusError.
///
/// TTHeader carries it. Over Framed and Buffered, which cannot, the caller gets an [RpcException]
/// that says so.
public final class BusinessException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int code;
  private final String text;
  private final transient Map<String, String> extra;

  /// @param code what happened; not 0, which stands for success
  /// @param text for people; null, such as another exception's message may be, stands for none
  public BusinessException(int code, @Nullable String text) {
    this(code, text, Map.of());
  }

  /// Carries no stack trace: it is an answer, not a fault.
  ///
  /// @param code what happened; not 0, which stands for success
  /// @param text for people; null stands for none
  /// @param extra more to know, for programs
  public BusinessException(int code, @Nullable String text, Map<String, String> extra) {
    this(code, text, extra, null);
  }

  /// The same with what is behind it, which does not travel: on a client, more that a protocol has
  /// said.
  public BusinessException(
      int code, @Nullable String text, Map<String, String> extra, @Nullable Throwable cause) {
    super(code + ": " + (text == null ? "" : text), cause, false, false);
    if (code == 0) {
      throw new IllegalArgumentException("business status code: 0 (expected: not 0, the success)");
    }
    this.code = code;
    this.text = text == null ? "" : text;
    this.extra = Map.copyOf(extra);
  }

  public int code() {
    return code;
  }

  public String text() {
    return text;
  }

  public Map<String, String> extra() {
    return extra;
  }
}
