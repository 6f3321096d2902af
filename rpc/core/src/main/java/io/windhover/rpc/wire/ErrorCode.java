package io.windhover.rpc.wire;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Error numbers as they travel: those of Thrift's TApplicationException, from 20 on those that
/// Kitex added, and our own. The one table of what each means, what kind of failure a caller sees,
/// and what it is told to do; `docs/guides/errors.md` shows it.
///
/// Some of our own promise that no handler ran, and the number is all that tells who promises: not
/// every protocol has a header. So they are numbers that nobody else picks: 1,938,274,000, drawn at
/// random, and as much as HTTP has for it.
public enum ErrorCode {
  UNKNOWN(0, Kind.REMOTE, "unknown error", null),
  UNKNOWN_METHOD(
      1,
      Kind.REMOTE,
      "unknown method",
      "Is this the right server, and not built from an older IDL?"),
  INVALID_MESSAGE_TYPE(2, Kind.REMOTE, "invalid message type", null),
  WRONG_METHOD_NAME(3, Kind.REMOTE, "wrong method name", null),
  BAD_SEQUENCE_ID(4, Kind.REMOTE, "bad sequence id", null),
  MISSING_RESULT(5, Kind.REMOTE, "missing result", "The handler probably returned null"),
  INTERNAL_ERROR(6, Kind.REMOTE, "the handler failed", null),
  PROTOCOL_ERROR(7, Kind.REMOTE, "protocol error", null),
  INVALID_TRANSFORM(8, Kind.REMOTE, "invalid transform", null),
  INVALID_PROTOCOL(
      9, Kind.REMOTE, "invalid protocol", "Does the server know this client's protocol(...)?"),
  UNSUPPORTED_CLIENT_TYPE(
      10,
      Kind.REMOTE,
      "unsupported client type",
      "Does the server know this client's protocol(...)?"),
  UNKNOWN_SERVICE(20, Kind.REMOTE, "unknown service", "Is this the right server?"),
  NO_SERVICE_NAME(
      21, Kind.REMOTE, "no service name", "Give the client protocol(Protocol.TTHEADER)"),
  /// The request breaks a rule of its IDL.
  INVALID_REQUEST(1_938_274_400, Kind.INVALID, "the request breaks a rule of its IDL", null),
  /// The deadline passed before the method had run to its end.
  DEADLINE_PASSED(1_938_274_408, Kind.TIMEOUT, "the deadline passed on the server", null),
  /// The message is larger than the server takes: no handler has seen it.
  TOO_LARGE(
      1_938_274_413,
      Kind.PROTOCOL,
      "the message is larger than the server takes",
      "Give the server a larger maxMessageBytes(...)"),
  /// The connection has as many streams as it may have: no handler has seen this one.
  STREAMS_TAKEN(
      1_938_274_429,
      Kind.NOT_SENT,
      "all streams of the connection are taken",
      "Give the client more streamConnections(...), or the server a larger maxStreams(...)"),
  /// The server stopped before the method had run to its end.
  STOPPED(1_938_274_500, Kind.REMOTE, "the server stopped while the handler ran", null),
  /// The server is about to stop: no handler has seen this.
  STOPPING(1_938_274_503, Kind.NOT_SENT, "the server is about to stop", null),
  /// The server runs as many calls as it may: no handler has seen this one.
  OVERLOADED(
      ApplicationException.OVERLOADED,
      Kind.NOT_SENT,
      "the server runs as many calls as it may",
      "Try again a little later, or at another server");

  private static final int FIRST_OF_HANDLERS = 400;

  private static final Map<Integer, ErrorCode> BY_NUMBER = new HashMap<>();

  static {
    for (var code : values()) {
      BY_NUMBER.put(code.number, code);
    }
  }

  private final int number;
  private final Kind kind;
  private final String meaning;
  private final @Nullable String hint;

  ErrorCode(int number, Kind kind, String meaning, @Nullable String hint) {
    this.number = number;
    this.kind = kind;
    this.meaning = meaning;
    this.hint = hint;
  }

  /// Returns the code with this number, if there is one.
  public static Optional<ErrorCode> of(int number) {
    return Optional.ofNullable(BY_NUMBER.get(number));
  }

  /// Returns what kind of failure an error with this number is to its caller, known here or not.
  public static Kind kindOf(int number) {
    return of(number).map(ErrorCode::kind).orElse(Kind.REMOTE);
  }

  /// Starts to describe to a caller the error that a server answered with: what kind of failure its
  /// number stands for, what to do, and the id that its text names.
  ///
  /// @param what what happened, with the server's text
  public static RpcException.Builder failure(int number, Stage stage, String what) {
    return failure(kindOf(number), number, stage, what);
  }

  /// The same of an error that means something else where it came.
  public static RpcException.Builder failure(Kind kind, int number, Stage stage, String what) {
    var failure = RpcException.builder(kind, stage, what).remoteCode(number);
    of(number).flatMap(ErrorCode::hint).ifPresent(failure::hint);
    ErrorId.in(what).ifPresent(failure::errorId);
    return failure;
  }

  /// Whether servers close a connection right after an error with this number. Kitex' do after each
  /// one that Thrift and Kitex have numbers for, but that of a failed handler. All others come from
  /// handlers, or from a server of ours, which does after [#TOO_LARGE] alone.
  public static boolean endsConnection(int number) {
    return number < FIRST_OF_HANDLERS && number != INTERNAL_ERROR.number
        || number == TOO_LARGE.number;
  }

  /// Returns what ends a call with this code.
  public ApplicationException because(String text) {
    return new ApplicationException(number, text);
  }

  public int number() {
    return number;
  }

  public String meaning() {
    return meaning;
  }

  /// What a caller makes of it.
  public Kind kind() {
    return kind;
  }

  /// Returns what a caller is told to do.
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
