package io.windhover.rpc.stream;

import io.windhover.rpc.MessageStream;
import io.windhover.thrift.ApplicationError;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The streams that the handler of a stream has opened itself: they end with its own. Any thread.
final class Nested {

  private static final ScopedValue<Nested> CURRENT = ScopedValue.newInstance();

  /// Why a client gave a stream up.
  ///
  /// @param path of the cancelling; empty if it does not say
  record Reset(ApplicationError error, String path) {

    /// Returns the same as it goes on to another server.
    ///
    /// @param name of who passes it on
    Reset through(String name) {
      return new Reset(error, path.isEmpty() ? name : path + "," + name);
    }
  }

  private final Set<MessageStream> opened = ConcurrentHashMap.newKeySet(0);
  private volatile @Nullable Reset reset;

  /// Returns those of the stream that this thread handles; null if it handles none.
  static @Nullable Nested current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  /// Runs a handler, so that what it opens ends with its stream.
  void runAsCurrent(Runnable handler) {
    ScopedValue.where(CURRENT, this).run(handler);
  }

  void add(MessageStream stream) {
    opened.add(stream);
    if (reset != null) { // which may have missed it
      stream.cancel();
    }
  }

  void remove(MessageStream stream) {
    opened.remove(stream);
  }

  /// Returns how many are open.
  int size() {
    return opened.size();
  }

  /// The stream around these is given up by its client: told before the handler can notice, so that
  /// what it does then goes on for the same reason.
  void becauseOf(Reset reset) {
    this.reset = reset;
  }

  void cancelAll() {
    opened.forEach(MessageStream::cancel);
  }

  /// Returns how a stream is to be reset that was opened within others.
  ///
  /// @param within null if it was not
  /// @param name of who opened it
  static Reset resetOf(@Nullable Nested within, StreamCode code, String name) {
    var around = within == null ? null : within.reset;
    return around == null
        ? new Reset(new ApplicationError(code.number(), code.text()), name)
        : around.through(name);
  }
}
