package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.Scratch;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/// Cipher text that has arrived and is not a whole record yet. The poller's own.
///
/// ```
///      +------+-------+-------+-------+-------+--------
///      | type | version       | length        | ...       RFC 8446, section 5.1
///      +------+-------+-------+-------+-------+--------
/// ```
///
/// Holds one record and what one read brings behind it, and no memory while there is nothing. A
/// length is believed only once it is known to be allowed.
final class TlsInput {

  private static final int HEADER_BYTES = 5;
  private static final int MAX_RECORD_BYTES = HEADER_BYTES + (16 << 10) + 2048; // RFC 5246, 6.2.3
  private static final int LENGTH_AT = 3;
  private static final int MIN_TYPE = 20; // change_cipher_spec
  private static final int MAX_TYPE = 23; // application_data
  private static final int MAJOR_VERSION = 3;

  private final SSLEngine engine;
  private final LinkBuffer arrived = new LinkBuffer();

  TlsInput(SSLEngine engine) {
    this.engine = engine;
  }

  /// Reads once from `socket`.
  ///
  /// @return bytes read, 0 if there are none now, -1 at the end
  int readFrom(PolledSocket socket) throws IOException {
    return socket.read(arrived);
  }

  int size() {
    return arrived.size();
  }

  /// Returns how long the record at the head is, whether all of it is here or not; 0 if that cannot
  /// be told yet.
  ///
  /// @throws TlsException if this is no TLS record
  int recordBytes() throws TlsException {
    if (isPlain()) {
      throw noTls();
    }
    if (arrived.size() < HEADER_BYTES) {
      return 0;
    }
    int bytes = HEADER_BYTES + Short.toUnsignedInt(arrived.getShort(LENGTH_AT));
    if (bytes > MAX_RECORD_BYTES) {
      throw new TlsException(
          CloseReason.TLS_FAILED,
          "a TLS record of %d bytes (expected: at most %d)".formatted(bytes, MAX_RECORD_BYTES),
          null);
    }
    return bytes;
  }

  /// Whether what has arrived can be no record.
  boolean isPlain() {
    int size = arrived.size();
    if (size == 0) {
      return false;
    }
    int type = arrived.getByte(0);
    return type < MIN_TYPE || type > MAX_TYPE || (size > 1 && arrived.getByte(1) != MAJOR_VERSION);
  }

  private TlsException noTls() {
    return new TlsException(
        CloseReason.TLS_FAILED,
        "the peer does not speak TLS here: its first byte is 0x%02x (expected: 0x16). Either it is set up without TLS, or this side must be"
            .formatted(arrived.getByte(0)),
        null);
  }

  boolean hasRecord() throws TlsException {
    int bytes = recordBytes();
    return bytes > 0 && bytes <= arrived.size();
  }

  /// Takes the record at the head, which is whole, and appends what it carries to `into`.
  ///
  /// @throws TlsException if the engine refuses it
  SSLEngineResult unwrap(LinkBuffer into) throws TlsException {
    int bytes = recordBytes();
    try (var record = arrived.slice(bytes); // so the last one leaves no memory behind
        var cipher = Scratch.of(bytes);
        var plain = Scratch.of(bytes)) {
      record.readBytes(cipher.bytes(), 0, bytes);
      var result =
          engine.unwrap(ByteBuffer.wrap(cipher.bytes(), 0, bytes), ByteBuffer.wrap(plain.bytes()));
      into.writeBytes(plain.bytes(), 0, result.bytesProduced());
      return result;
    } catch (SSLException | RuntimeException e) {
      throw TlsFailure.of(engine, e);
    }
  }

  void release() {
    arrived.release();
  }
}
