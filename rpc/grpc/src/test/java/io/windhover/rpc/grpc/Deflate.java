package io.windhover.rpc.grpc;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/// An encoding of the user's that other peers of gRPC have, too.
final class Deflate implements MessageEncoding {

  final AtomicInteger compressed = new AtomicInteger(); // messages
  final AtomicInteger decompressed = new AtomicInteger();

  @Override
  public String name() {
    return "deflate";
  }

  @Override
  public OutputStream compressing(OutputStream out) {
    compressed.incrementAndGet();
    return new DeflaterOutputStream(out);
  }

  @Override
  public InputStream decompressing(InputStream in) {
    decompressed.incrementAndGet();
    return new InflaterInputStream(in);
  }
}
