package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.UnderflowException;
import io.windhover.rpc.codec.Detection;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.log.LogGate;
import io.windhover.thrift.ThriftProtocolException;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs code of others, and makes of what it throws one of two: what is wrong with a message, or
/// what is wrong with the code. The first is up to peers, the second is for the log.
///
/// What is wrong with the code, a peer may bring about with every message: see [#log].
public final class Guard {

  /// What a connection may send without telling its protocol: more than HTTP/2's 24 bytes.
  private static final int MAX_UNDECIDED_BYTES = 64;

  private static final System.Logger LOG = System.getLogger(Guard.class.getName());

  private final String extension;
  private final LogGate log = new LogGate(LOG);

  /// @param extension what it is and its name
  public Guard(String extension) {
    this.extension = extension;
  }

  /// Returns what it is and its name.
  public String extension() {
    return extension;
  }

  /// Returns the gate of all warnings about this extension.
  public LogGate log() {
    return log;
  }

  /// Of code that has no name but its class's.
  ///
  /// @param what it is, such as `pool`
  public static Guard of(String what, Object code) {
    return new Guard(what + " " + code.getClass().getName());
  }

  /// @param where for the log
  /// @throws WireException if the message is at fault
  /// @throws ThriftProtocolException likewise
  /// @throws ExtensionFailedException if the code is
  public <T> T run(String where, Supplier<@Nullable T> code) {
    try {
      return Objects.requireNonNull(code.get(), "null");
    } catch (Throwable e) {
      throw judged(where, e);
    }
  }

  /// Returns what [#run] throws for what the code has thrown.
  ///
  /// @throws OutOfMemoryError as of [#failed]
  public RuntimeException judged(String where, Throwable thrown) {
    return switch (thrown) {
      case MalformedMessageException e ->
          WireException.protocolError(extension + ": " + e.getMessage());
      case UnderflowException e ->
          WireException.protocolError(
              extension + ": the message ends too early: " + e.getMessage());
      case ThriftProtocolException e -> e;
      case WireException e -> e;
      default -> failed(where, thrown);
    };
  }

  /// Returns whose connection it is. Passes over code that fails, cannot make up its mind, or says
  /// by throwing that this is not its own; waits if it has read past the end.
  ///
  /// @throws ExtensionFailedException if it has changed the input, which is then of no use to
  ///   others
  public Detection detect(LinkBuffer input, Supplier<@Nullable Detection> code) {
    int size = input.size();
    var detected = detected(code);
    checkUntouched("detect", input, size);
    return detected == Detection.UNDECIDED && size >= MAX_UNDECIDED_BYTES
        ? Detection.OTHER
        : detected;
  }

  private Detection detected(Supplier<@Nullable Detection> code) {
    try {
      return run("detect", () -> orUndecided(code));
    } catch (WireException | ThriftProtocolException e) {
      LOG.log(Level.DEBUG, () -> "not of " + e.getMessage());
    } catch (ExtensionFailedException e) {
      log.warn(e::getMessage, e);
    }
    return Detection.OTHER;
  }

  private static @Nullable Detection orUndecided(Supplier<@Nullable Detection> code) {
    try {
      return code.get();
    } catch (UnderflowException e) {
      return Detection.UNDECIDED;
    }
  }

  private void checkUntouched(String where, LinkBuffer input, int size) {
    if (run(where, input::size) != size) {
      throw mistake("consumed what it looked at");
    }
  }

  /// Returns the bytes of the frame at the head of `input`, which may not have arrived; 0 if they
  /// are not known yet.
  ///
  /// @throws WireException if there can be no such frame, or it is larger than the limit
  public int frameBytes(LinkBuffer input, int maxMessageBytes, Supplier<@Nullable Integer> code) {
    int size = input.size();
    int bytes = run("frameBytes", code);
    checkUntouched("frameBytes", input, size);
    if (bytes < 0) {
      throw WireException.protocolError("%s: a frame of %d bytes".formatted(extension, bytes));
    }
    if (bytes > maxMessageBytes || bytes == 0 && size >= maxMessageBytes) {
      throw WireException.tooLarge(
          "%s: a frame of %d bytes or more (limit: maxMessageBytes %d)"
              .formatted(extension, Math.max(bytes, size), maxMessageBytes));
    }
    return bytes;
  }

  /// Returns what the code writes; the caller owns the buffer. The code has a buffer of its own,
  /// and what it wrote moves on: who keeps the buffer and writes on changes nothing.
  LinkBuffer written(String where, Consumer<LinkBuffer> code) {
    return run(
        where,
        () -> {
          var written = new LinkBuffer();
          try (var out = new LinkBuffer()) {
            code.accept(out);
            written.append(out);
            return written;
          } catch (RuntimeException | Error e) {
            written.release();
            throw e;
          }
        });
  }

  /// Returns what to throw for what the code has thrown, be it what it may not throw: other
  /// languages than Java let it. An interrupt that ended it so stays with the thread.
  ///
  /// @throws OutOfMemoryError if it is one: whose fault that is, nobody knows
  public ExtensionFailedException failed(String where, Throwable cause) {
    letPass(cause);
    return new ExtensionFailedException(extension, "failed in " + where, cause);
  }

  /// Sees to what code of others has thrown that is no fault of its own. An interrupt, which it may
  /// not throw, stays with the thread.
  ///
  /// @throws OutOfMemoryError if it is one
  static void letPass(Throwable thrown) {
    switch (thrown) {
      case OutOfMemoryError e -> throw e;
      case InterruptedException _ -> Thread.currentThread().interrupt();
      default -> {}
    }
  }

  public ExtensionFailedException mistake(String what) {
    return new ExtensionFailedException(extension, what);
  }
}
