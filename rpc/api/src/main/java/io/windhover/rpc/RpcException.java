package io.windhover.rpc;

import io.windhover.rpc.log.AddressText;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A call that did not produce its method's result: the one type for users to catch.
///
/// Exceptions that the IDL declares are results and have their own types. [#kind] says what to do;
/// the message alone names the call, the address, the stage at which it died, the cause, and, where
/// there is one, the cure:
///
/// ```
/// NOT_SENT at CONNECT calling Echo/echo on db:8888: connection refused (after 2 ms, safe to retry).
/// Is the server running, and is this its address?
/// ```
public final class RpcException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// Why there is no result, and so whether trying again can help.
  public enum Kind {
    /// No byte of the request reached the server, or the server says that no handler has seen any
    /// of it: always safe to retry. Also if the deadline passed before that.
    NOT_SENT(true),
    /// The deadline passed, here or on the server; the server may have run the method.
    TIMEOUT(false),
    /// The calling thread was interrupted; the server may have run the method.
    CANCELLED(false),
    /// The connection broke after the request was written; the server may have run the method.
    DISCONNECTED(false),
    /// The server answered that it could not run the method: unknown, or its handler failed.
    REMOTE(false),
    /// The request, or the reply, breaks a rule that its IDL has for its values. A bad request has
    /// reached no handler, and will not do so unless it is changed.
    INVALID(false),
    /// What arrived, or what was to be sent, breaks the protocol or a limit: a bug or a wrong
    /// address, not a condition to retry.
    PROTOCOL(false);

    private final boolean safeToRetry;

    Kind(boolean safeToRetry) {
      this.safeToRetry = safeToRetry;
    }

    /// Whether the method surely did not run, so that even one that is not idempotent may be called
    /// again.
    public boolean isSafeToRetry() {
      return safeToRetry;
    }
  }

  /// How far the call had come.
  public enum Stage {
    /// Getting a connection: from the pool, or a new one.
    CONNECT,
    /// Encoding and writing the request.
    SEND,
    /// Waiting for the reply.
    AWAIT_REPLY,
    /// Reading the reply.
    READ_REPLY,
    /// Waiting for the next message of a stream, or reading it.
    AWAIT_MESSAGE
  }

  private final Kind kind;
  private final Stage stage;
  private final int remoteCode;
  private final boolean deadlinePassed;
  private final transient List<SocketAddress> attempts;
  private final @Nullable Duration elapsed;
  private final @Nullable String errorId;
  private final @Nullable String hint;

  private RpcException(Builder builder) {
    super(builder.message(), builder.cause, true, true);
    this.kind = builder.kind;
    this.stage = builder.stage;
    this.remoteCode = builder.remoteCode;
    this.deadlinePassed = builder.deadlinePassed;
    this.attempts = builder.attempts;
    this.elapsed = builder.elapsed;
    this.errorId = builder.errorId;
    this.hint = builder.hint;
  }

  /// Starts a description of a failure.
  ///
  /// @param what what happened, without the call's name or address: those are added
  public static Builder builder(Kind kind, Stage stage, String what) {
    return new Builder(kind, stage, what);
  }

  public Kind kind() {
    return kind;
  }

  public Stage stage() {
    return stage;
  }

  /// Whether the method surely did not run, so that even one that is not idempotent may be called
  /// again.
  public boolean isSafeToRetry() {
    return kind.isSafeToRetry();
  }

  /// Whether the call failed for want of time: its kind is [Kind#TIMEOUT], or the deadline passed
  /// before a byte of it had left, which makes it [Kind#NOT_SENT]. Over gRPC, what other clients
  /// call DEADLINE_EXCEEDED.
  public boolean isDeadlinePassed() {
    return kind == Kind.TIMEOUT || (kind == Kind.NOT_SENT && deadlinePassed);
  }

  /// Returns the error number with which the server answered, or -1 if it did not answer with an
  /// error: [#kind] is [Kind#REMOTE] if it did, or [Kind#INVALID], [Kind#TIMEOUT] or
  /// [Kind#NOT_SENT] if that is what the server said. The numbers are those of Thrift's
  /// TApplicationException (1 unknown method, 6 internal error, 7 protocol error), of Kitex (20
  /// unknown service, 21 no service name) and our own, 1,938,274,000 and as much as HTTP has for it
  /// (400 a request that breaks a rule of its IDL, 408 the deadline passed on the server, 429 no
  /// room for one more stream, 500 the server stopped while the handler ran, 503 it is about to,
  /// 529 it runs as many calls as it may).
  public int remoteCode() {
    return remoteCode;
  }

  /// Returns the address of the server that was tried last, if the call came so far as to have one.
  /// The message has it as the user gave it; the JDK's own text of a host name that was not
  /// resolved reads `host/<unresolved>:port`.
  public Optional<SocketAddress> address() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
  }

  /// Returns the address of each attempt, in their order; one that was tried twice stands twice.
  public List<SocketAddress> attempts() {
    return attempts;
  }

  /// Returns how long it took to fail, if that was measured.
  public Optional<Duration> elapsed() {
    return Optional.ofNullable(elapsed);
  }

  /// Returns the id under which the server's log has more to say, if the server gave one.
  public Optional<String> errorId() {
    return Optional.ofNullable(errorId);
  }

  /// Returns what to do about it, in a sentence; part of the message, too.
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }

  /// Collects what is known of a failure.
  public static final class Builder {
    private final Kind kind;
    private final Stage stage;
    private final String what;
    private int remoteCode = -1;
    private boolean deadlinePassed;
    private @Nullable String call;
    private List<SocketAddress> attempts = List.of();
    private @Nullable Duration elapsed;
    private @Nullable String errorId;
    private @Nullable String hint;
    private @Nullable Throwable cause;

    private Builder(Kind kind, Stage stage, String what) {
      this.kind = kind;
      this.stage = stage;
      this.what = what;
    }

    /// @param call in the form `Service/method`
    public Builder calling(String call) {
      this.call = call;
      return this;
    }

    /// The one server that was tried.
    public Builder at(SocketAddress address) {
      return attempts(List.of(address));
    }

    /// @param addresses the servers that were tried, in their order
    public Builder attempts(List<SocketAddress> addresses) {
      this.attempts = List.copyOf(addresses);
      return this;
    }

    public Builder elapsed(Duration elapsed) {
      this.elapsed = elapsed;
      return this;
    }

    /// @param errorId the server's name for this failure, in its log
    public Builder errorId(String errorId) {
      this.errorId = errorId;
      return this;
    }

    /// @param hint a sentence that says what to do
    public Builder hint(String hint) {
      this.hint = hint;
      return this;
    }

    public Builder cause(Throwable cause) {
      this.cause = cause;
      return this;
    }

    public Builder remoteCode(int remoteCode) {
      this.remoteCode = remoteCode;
      return this;
    }

    /// The call's deadline had passed when it failed.
    public Builder deadlinePassed() {
      this.deadlinePassed = true;
      return this;
    }

    public RpcException build() {
      return new RpcException(this);
    }

    private String message() {
      var text = new StringBuilder();
      text.append(kind).append(" at ").append(stage);
      if (call != null) {
        text.append(" calling ").append(call);
      }
      if (!attempts.isEmpty()) {
        text.append(" on ").append(AddressText.of(attempts.getLast()));
      }
      text.append(": ").append(what);
      var facts = facts();
      if (!facts.isEmpty()) {
        text.append(" (").append(facts).append(')');
      }
      if (hint != null) {
        text.append(". ").append(hint);
      }
      return text.toString();
    }

    private String facts() {
      var facts = new StringJoiner(", ");
      if (attempts.size() > 1) {
        var time = elapsed == null ? "" : " in " + display(elapsed);
        facts.add(attempts.size() + " attempts" + time);
      } else if (elapsed != null) {
        facts.add("after " + display(elapsed));
      }
      if (kind.isSafeToRetry()) {
        facts.add("safe to retry");
      }
      return facts.toString();
    }

    private static String display(Duration elapsed) {
      long millis = elapsed.toMillis();
      return millis < 10_000 ? millis + " ms" : elapsed.toSeconds() + " s";
    }
  }
}
