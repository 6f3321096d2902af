package io.windhover.rpc.grpc;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.Http2Stream;
import io.windhover.http2.StreamException;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.codec.MalformedMessageException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What a server sends on one stream: head, messages, end. One thread at a time receives, any may
/// drop it, and none of it waits.
final class GrpcClientInput {

  /// Of an answer that is not gRPC, so much is kept for the error's text.
  private static final int FOREIGN_BYTES = 1 << 10;

  private final GrpcClientMessages messages;
  private final ReplyMetadata header;
  private final ReplyMetadata trailer;

  private final ReentrantLock lock = new ReentrantLock(); // guards all below; never held long
  private @Nullable GrpcClientResponse head;
  private @Nullable MessageReader reader;
  private @Nullable GrpcClientFailure failure; // is there before `ended` shows it
  private volatile boolean ended; // read without the lock, too
  private int wireBytes; // the receiver's own

  /// @param header gets what the server says before its messages
  /// @param trailer gets what it says at the end
  GrpcClientInput(GrpcClientMessages messages, ReplyMetadata header, ReplyMetadata trailer) {
    this.messages = messages;
    this.header = header;
    this.trailer = trailer;
  }

  /// Returns the next message, undecoded and for the caller to release; null if it is not here yet,
  /// and at the [end][#hasEnded].
  ///
  /// @throws StreamException if the stream failed
  /// @throws GrpcException if the message is too large
  /// @throws MalformedMessageException if it, or what is around it, can be none
  @Nullable LinkBuffer next(Http2Stream stream) {
    lock.lock();
    try {
      while (!ended) {
        var message = cut();
        if (message != null) {
          return message;
        }
        var data = stream.poll();
        if (data != null) {
          add(stream, data);
        } else if (stream.isInputDone()) {
          readEnd(readHead(stream), stream);
        } else {
          return null;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable LinkBuffer cut() {
    var cutter = reader;
    if (cutter == null) {
      return null;
    }
    var message = cutter.next();
    wireBytes = cutter.wireBytes();
    return message;
  }

  /// Returns how many bytes the last message had on the wire, its prefix included. For who
  /// receives.
  int wireBytes() {
    return wireBytes;
  }

  /// @param data taken over, whatever the outcome
  private void add(Http2Stream stream, LinkBuffer data) {
    try (data) {
      var response = readHead(stream);
      if (!response.isGrpc()) {
        end(response.notGrpc(data.readUtf8(Math.min(data.size(), FOREIGN_BYTES))));
        return;
      }
      if (reader == null) {
        reader = messages.reader(response.encoding());
      }
      reader.add(data);
    }
  }

  private void readEnd(GrpcClientResponse response, Http2Stream stream) {
    var end = response.end(stream);
    MetadataFields.read(end, trailer);
    var found = response.isGrpc() ? response.failure(end) : response.notGrpc("");
    if (found == null && reader != null && reader.heldBytes() > 0) {
      found = GrpcClientFailure.protocol("the server ended the stream in the middle of a message");
    }
    end(found);
  }

  private void end(@Nullable GrpcClientFailure found) {
    failure = found;
    ended = true;
    dropReader();
  }

  /// Whether the end has been received, behind all messages.
  boolean hasEnded() {
    return ended;
  }

  /// Returns why the server did not end the stream well; null if it did, or not yet.
  @Nullable GrpcClientFailure failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /// Reads the head, which is here.
  void head(Http2Stream stream) {
    lock.lock();
    try {
      readHead(stream);
    } finally {
      lock.unlock();
    }
  }

  private GrpcClientResponse readHead(Http2Stream stream) {
    var known = head;
    if (known == null) {
      known = messages.response(stream.response().orElseThrow());
      head = known;
      if (known.isGrpc()) {
        MetadataFields.read(known.header(), header);
      }
    }
    return known;
  }

  /// Returns what the server has said of the end, though it may not have been received; null if
  /// nothing.
  @Nullable Trailers end(Http2Stream stream) {
    lock.lock();
    try {
      if (stream.response().isEmpty()) {
        return null;
      }
      var end = readHead(stream).end(stream);
      return Trailers.areIn(end) ? Trailers.read(end) : null;
    } finally {
      lock.unlock();
    }
  }

  /// Gives memory back. What has come is lost.
  void drop() {
    lock.lock();
    try {
      dropReader();
    } finally {
      lock.unlock();
    }
  }

  /// The same, unless somebody receives, who then sees why and does so.
  void dropUnlessInUse() {
    if (lock.tryLock()) {
      try {
        dropReader();
      } finally {
        lock.unlock();
      }
    }
  }

  private void dropReader() {
    if (reader != null) {
      reader.release();
      reader = null;
    }
  }
}
