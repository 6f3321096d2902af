package io.windhover.rpc.wire;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.UnderflowException;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.thrift.ThriftProtocolException;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs code of others, and makes of what it throws one of two: what is wrong with a message, or
/// what is wrong with the code.
///
/// @param extension what it is and its name
record Guard(String extension) {

  /// @param where for the log
  /// @throws WireException if the message is at fault
  /// @throws ThriftProtocolException likewise
  /// @throws ExtensionFailedException if the code is
  <T> T run(String where, Supplier<@Nullable T> code) {
    try {
      return Objects.requireNonNull(code.get(), "null");
    } catch (MalformedMessageException e) {
      throw WireException.protocolError(extension + ": " + e.getMessage());
    } catch (UnderflowException e) {
      throw WireException.protocolError(
          extension + ": the message ends too early: " + e.getMessage());
    } catch (ThriftProtocolException | WireException e) {
      throw e;
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      throw new ExtensionFailedException(extension, "failed in " + where, e);
    }
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

  ExtensionFailedException mistake(String what) {
    return new ExtensionFailedException(extension, what);
  }
}
