package io.windhover.bench.codec;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.ThriftWriter;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TProtocolFactory;
import org.apache.thrift.transport.TMemoryBuffer;

/// The bytes of a sample.
final class Encoded {

  private Encoded() {}

  static byte[] ours(Sample<?> sample, Function<LinkBuffer, ThriftWriter> protocol) {
    try (var buffer = new LinkBuffer()) {
      sample.write(protocol.apply(buffer));
      var bytes = new byte[buffer.size()];
      buffer.readBytes(bytes, 0, bytes.length);
      return bytes;
    }
  }

  static byte[] apaches(TSerializable value, TProtocolFactory protocol) {
    try {
      var memory = new TMemoryBuffer(1024);
      value.write(protocol.getProtocol(memory));
      return Arrays.copyOf(memory.getArray(), memory.length());
    } catch (TException e) {
      throw new IllegalStateException(e); // memory does not fail
    }
  }
}
