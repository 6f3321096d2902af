package io.windhover.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.BinaryReader;
import java.util.Arrays;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TMemoryBuffer;
import org.apache.thrift.transport.TMemoryInputTransport;
import org.junit.jupiter.api.Test;

/// The two sides of the benchmarks do the same work.
final class WideStructTest {

  @Test
  void bothWriteTheSameBytes() throws TException {
    var memory = new TMemoryBuffer(16);
    WideSample.apaches().write(new TBinaryProtocol(memory));

    assertThat(DecodeWideStructBench.encoded())
        .isEqualTo(Arrays.copyOf(memory.getArray(), memory.length()));
  }

  @Test
  void bothReadAllOfIt() throws TException {
    var bytes = DecodeWideStructBench.encoded();
    var apaches = new ApacheWide();
    apaches.read(new TBinaryProtocol(new TMemoryInputTransport(bytes)));
    try (var buffer = LinkBuffer.wrap(bytes)) {
      assertThat(Wide.CODEC.read(new BinaryReader(buffer))).isEqualTo(WideSample.ours());
      assertThat(buffer.size()).isZero();
    }
    assertThat(apaches.digest).isEqualTo(WideSample.apaches().digest);
    assertThat(apaches)
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*isSet", "digest")
        .isEqualTo(WideSample.apaches());
  }
}
