package io.windhover.interop;

import io.airlift.compress.zstd.ZstdInputStream;
import io.airlift.compress.zstd.ZstdOutputStream;
import io.grpc.Codec;
import io.windhover.rpc.grpc.MessageEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;

/// zstd for grpc-java and for us, which neither has by itself. Counts messages.
final class Zstd implements MessageEncoding, Codec {
  final AtomicInteger written = new AtomicInteger();
  final AtomicInteger read = new AtomicInteger();

  @Override
  public String name() {
    return "zstd";
  }

  @Override
  public OutputStream compressing(OutputStream out) throws IOException {
    written.incrementAndGet();
    return new ZstdOutputStream(out);
  }

  @Override
  public InputStream decompressing(InputStream in) {
    read.incrementAndGet();
    return new ZstdInputStream(in);
  }

  // ---- the same in grpc-java's words

  @Override
  public String getMessageEncoding() {
    return name();
  }

  @Override
  public OutputStream compress(OutputStream out) throws IOException {
    return compressing(out);
  }

  @Override
  public InputStream decompress(InputStream in) {
    return decompressing(in);
  }
}
