package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Http2Stream;
import io.windhover.http2.StreamException;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Method;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.codec.MessageCodec;
import io.windhover.rpc.transport.ServedStreamCall;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What a client sends on one stream. One thread at a time receives, any may give it up.
///
/// What arrives stays in the stream of HTTP/2 until somebody receives, so that a client waits for a
/// handler that is slow.
final class ServedInput {

  private final Http2Stream stream;
  private final ServedStreamCall call;
  private final MessageCodec<Object> codec;
  private final Arrivals arrivals = new Arrivals();

  private final ReentrantLock lock = new ReentrantLock(); // guards the next two; never held long
  private final MessageReader reader;
  private boolean released; // the reader is

  private volatile boolean givenUp;
  private volatile boolean wasCompressed; // the last message
  private int wireBytes; // the receiver's own: of the last message
  private boolean ended; // the receiver's own: nothing more is taken

  /// @param reader with what has come of it already
  ServedInput(Http2Stream stream, ServedStreamCall call, MessageReader reader) {
    this.stream = stream;
    this.call = call;
    this.codec = MessageCodecs.request(call.method());
    this.reader = reader;
  }

  /// Whether the method takes one message.
  boolean isOfOneMessage() {
    return call.method().kind() == Method.Kind.SERVER_STREAM;
  }

  /// Whether the message that was received last had come compressed.
  boolean wasCompressed() {
    return wasCompressed;
  }

  // ---- receiving

  /// Waits for the next message, and reads it.
  ///
  /// @return null at the end
  /// @throws StreamException if the stream failed
  /// @throws GrpcException if the message is too large
  /// @throws MalformedMessageException if it can be none
  @Nullable Object next(Deadline until) throws InterruptedException, TimeoutException {
    arrivals.enter();
    try {
      while (true) {
        int seen = arrivals.count();
        var message = cut();
        if (message != null) {
          try (message) {
            call.received(wireBytes);
            return new MessageBudget(call.objects()).read(message, wireBytes, codec);
          }
        }
        if (ended) {
          return null;
        }
        arrivals.await(seen, until);
      }
    } finally {
      arrivals.leave();
    }
  }

  /// Returns the next message if it is whole, for the caller to release; null if it is not, and at
  /// the end.
  ///
  /// @throws MalformedMessageException if that is within a message
  private @Nullable LinkBuffer cut() {
    lock.lock();
    try {
      if (released || givenUp) {
        ended = true;
        return null;
      }
      var message = reader.next();
      if (message == null) {
        var data = stream.poll();
        if (data != null) {
          reader.add(data);
          message = reader.next();
        }
      }
      if (message == null && stream.isInputDone()) {
        if (reader.heldBytes() > 0) {
          throw new MalformedMessageException("the stream ends within a message");
        }
        ended = true;
      }
      wasCompressed = reader.wasCompressed();
      wireBytes = reader.wireBytes();
      return message;
    } finally {
      lock.unlock();
    }
  }

  // ---- any thread

  /// Something is here, or the end. On the poller.
  void arrived() {
    if (givenUp) {
      drop();
    }
    arrivals.arrived(stream);
  }

  /// The stream has failed: who waits sees why.
  void failed() {
    arrivals.arrived(stream);
  }

  /// Receives no more: what comes is dropped.
  void giveUp() {
    givenUp = true;
    drop();
    arrivals.arrived(stream);
  }

  private void drop() {
    try {
      for (var data = stream.poll(); data != null; data = stream.poll()) {
        data.release();
      }
    } catch (StreamException e) {
      GrpcConnection.gone(e);
    }
  }

  /// Gives memory back.
  void release() {
    lock.lock();
    try {
      released = true;
      reader.release();
    } finally {
      lock.unlock();
    }
  }
}
