package io.windhover.examples;

import io.airlift.compress.zstd.ZstdInputStream;
import io.airlift.compress.zstd.ZstdOutputStream;
import io.windhover.rpc.grpc.MessageEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// What `docs/guides/grpc.md` shows of another compression than gzip.
final class Zstd implements MessageEncoding {

  @Override
  public String name() {
    return "zstd";
  }

  @Override
  public OutputStream compressing(OutputStream out) throws IOException {
    return new ZstdOutputStream(out);
  }

  @Override
  public InputStream decompressing(InputStream in) {
    return new ZstdInputStream(in);
  }
}
