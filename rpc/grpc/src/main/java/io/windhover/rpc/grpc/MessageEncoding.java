package io.windhover.rpc.grpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A way to compress messages beside gzip, such as zstd, by a library of the user's: streams around
/// streams.
///
/// ```java
/// GrpcOptions.DEFAULT.withEncoding(new Zstd()).withCompression(true);
/// ```
///
/// Called from many threads at once. The streams that it gets never wait, and need not be closed.
/// Of what it decompresses no more is read than a message may have, so it need not look for attacks
/// but in what it takes for itself, such as a window that a header asks for. What it, or one of its
/// streams, throws ends the call: the message is malformed.
public interface MessageEncoding {

  /// Returns the name as `grpc-encoding` has it: small letters, digits, `-`, `_` and `.`.
  String name();

  /// Returns a stream that compresses what is written to it.
  ///
  /// @param out gets what is compressed, all of it by the close of what is returned
  OutputStream compressing(OutputStream out) throws IOException;

  /// Returns a stream of what was compressed.
  ///
  /// @param in has the compressed message, and ends with it
  InputStream decompressing(InputStream in) throws IOException;
}
