package io.windhover.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.http2.Departure.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class DepartureTest {

  private static final long SECOND = 1_000_000_000;
  private static final long BEGIN = -5 * SECOND; // negative, as System.nanoTime may be
  private static final Http2Options OPTIONS =
      Http2Options.builder()
          .maxConnectionAge(Duration.ofSeconds(1_000))
          .drainTimeout(Duration.ofSeconds(30))
          .build();

  /// A generator that knows one number.
  private static RandomGenerator drawing(long number) {
    return () -> number;
  }

  private static final RandomGenerator LOWEST = drawing(0);
  private static final RandomGenerator HIGHEST = drawing(-1);

  private static Departure departure(Http2Options options, RandomGenerator random) {
    var departure = new Departure(options, random);
    assertThat(departure.look(false, BEGIN)).isEqualTo(Step.NOTHING);
    return departure;
  }

  @Test
  void isDueATenthBeforeTheAgeAtTheEarliest() {
    var departure = departure(OPTIONS, LOWEST);

    assertThat(departure.look(false, BEGIN + 899 * SECOND)).isEqualTo(Step.NOTHING);
    assertThat(departure.look(false, BEGIN + 900 * SECOND)).isEqualTo(Step.DRAIN);
  }

  @Test
  void isDueATenthAfterTheAgeAtTheLatest() {
    var departure = departure(OPTIONS, HIGHEST);

    assertThat(departure.look(false, BEGIN + 1_099 * SECOND)).isEqualTo(Step.NOTHING);
    assertThat(departure.look(false, BEGIN + 1_100 * SECOND)).isEqualTo(Step.DRAIN);
  }

  @Test
  void isNeverDueByDefaultNorForAnAgeThatIsTooLongToCount() {
    var longest = Http2Options.builder().maxConnectionAge(Duration.ofSeconds(Long.MAX_VALUE));
    for (var options : List.of(Http2Options.DEFAULT, longest.build())) {
      assertThat(departure(options, HIGHEST).look(false, Long.MAX_VALUE / 2))
          .isEqualTo(Step.NOTHING);
    }
  }

  @Test
  void givesAClientASecondAndItsStreamsTheTimeout() {
    var departure = departure(OPTIONS, LOWEST);

    assertThat(departure.look(true, 7 * SECOND)).isEqualTo(Step.NOTHING);
    assertThat(departure.look(true, 8 * SECOND - 1)).isEqualTo(Step.NOTHING);
    assertThat(departure.look(true, 8 * SECOND)).isEqualTo(Step.LEAVE);
    assertThat(departure.look(true, 37 * SECOND - 1)).isEqualTo(Step.LEAVE);
    assertThat(departure.look(true, 37 * SECOND)).isEqualTo(Step.RESET);
  }

  @Test
  void aServerLeavesForItsAgeInTwoSteps() throws Exception {
    var opened = new ArrayList<Http2Stream>();
    var peer = MemoryPeer.of(new Http2Server(OPTIONS, (stream, head) -> opened.add(stream)));
    peer.sweep(BEGIN);
    peer.drop();

    peer.sweep(BEGIN + 899 * SECOND);
    assertThat(peer.written()).isEmpty();
    peer.sweep(BEGIN + 1_100 * SECOND);
    assertThat(peer.written()).containsExactly("GOAWAY 0", "PING 0");
    peer.headers(1, true, RawPeer.get("/a")); // was on its way
    peer.sweep(BEGIN + 1_101 * SECOND);
    peer.sweep(BEGIN + 1_102 * SECOND);
    assertThat(peer.written()).containsExactly("GOAWAY 0");
    assertThat(peer.connection.isClosed()).isFalse();
    opened.getFirst().sendHead(List.of(RawPeer.field(":status", "200")), true);

    assertThat(peer.connection.isClosed()).isTrue();
  }
}
