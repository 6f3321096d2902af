package io.windhover.http2.hpack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Lists of fields of which many come again, on names of the static table and others, some long,
/// some of any octets, some secret.
final class RandomLists {

  private static final List<String> NAMES =
      List.of(":path", ":status", "te", "cookie", "grpc-timeout", "x-a", "x-b", "x-c", "trace-bin");

  private final Random random;

  RandomLists(Random random) {
    this.random = random;
  }

  List<HeaderField> next() {
    return Stream.generate(this::field).limit(random.nextInt(20)).toList();
  }

  private HeaderField field() {
    var name =
        random.nextInt(10) == 0
            ? StaticTable.get(1 + random.nextInt(StaticTable.SIZE)).name()
            : NAMES.get(random.nextInt(NAMES.size()));
    return new HeaderField(name, value(), random.nextInt(30) == 0);
  }

  private String value() {
    if (random.nextInt(5) > 0) {
      return List.of("", "/", "200", "trailers", "1000m", "a value").get(random.nextInt(6));
    }
    var octets = new byte[random.nextInt(random.nextInt(20) == 0 ? 5_000 : 40)];
    random.nextBytes(octets);
    return new String(octets, ISO_8859_1);
  }
}
