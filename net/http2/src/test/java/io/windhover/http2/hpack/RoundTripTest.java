package io.windhover.http2.hpack;

import static io.windhover.http2.hpack.Blocks.decode;
import static io.windhover.http2.hpack.Blocks.decodeByBytes;
import static io.windhover.http2.hpack.Blocks.encode;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many lists on one connection, read by the decoder as the encoder got them.
final class RoundTripTest {

  private static final int LISTS = 400;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void readsWhatItWrites(long seed) {
    var random = new Random(seed);
    var lists = new RandomLists(random);
    var encoder = new HeaderEncoder(4_096);
    var whole = new HeaderDecoder(new HeaderLimits(4_096, 1 << 20, 1_000));
    var byBytes = new HeaderDecoder(new HeaderLimits(4_096, 1 << 20, 1_000));
    for (int i = 0; i < LISTS; i++) {
      if (random.nextInt(20) == 0) {
        encoder.peerTableBytes(random.nextInt(5_000));
      }
      var list = lists.next();

      var block = encode(encoder, list);

      var decoded = decode(whole, block);
      assertThat(decoded.isWithinLimits()).isTrue();
      assertThat(texts(decoded.fields())).as("list %d", i).isEqualTo(texts(list));
      assertThat(decodeByBytes(byBytes, block)).isEqualTo(decoded);
    }
  }

  /// A field comes back as a secret if its name says so.
  private static List<HeaderField> texts(List<HeaderField> fields) {
    return fields.stream().map(it -> new HeaderField(it.name(), it.value())).toList();
  }
}
