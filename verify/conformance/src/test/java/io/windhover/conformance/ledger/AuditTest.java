package io.windhover.conformance.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.RpcException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files made by hand: one that balances, and for each equation some that do not.
final class AuditTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final long SECOND = 1_000_000;
  private static final CallId ONE = new CallId(1, 1);
  private static final CallId TWO = new CallId(1, 2);
  private static final CallId THREE = new CallId(1, 3);
  private static final int REQUEST = 77;
  private static final int REPLY = 78;

  @TempDir Path folder;

  record Sample(
      String name, List<Event> client, List<Event> server, List<Event> faults, String violation) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Event submitted(CallId id, long micros) {
    return Event.submitted(id, micros, TIMEOUT, REQUEST);
  }

  private static Event oneway(CallId id, long micros) {
    return submitted(id, micros).oneway();
  }

  private static Event ok(CallId id, long micros) {
    return Event.ok(id, micros, REPLY);
  }

  private static Event failed(RpcException.Kind kind, long micros) {
    return Event.failed(ONE, micros, kind);
  }

  private static List<Event> ran(CallId id, long micros) {
    return List.of(Event.accepted(id, micros), Event.executed(id, micros + 1, REQUEST, REPLY));
  }

  private static List<Event> fault(Fault fault, long from, long to) {
    return List.of(Event.begins(fault, 0, from), Event.ends(fault, 0, to));
  }

  private List<String> violations(List<Event> client, List<Event> server, List<Event> faults)
      throws IOException {
    write("client-1", client);
    write("server-1", server);
    write("faults", faults);
    return Audit.of(folder).violations();
  }

  private void write(String file, List<Event> events) throws IOException {
    try (var out = new EventFile(folder.resolve(file))) {
      events.forEach(out::add);
    }
  }

  @Test
  void findsNothingInALedgerThatBalances() throws IOException {
    var client =
        List.of(
            submitted(ONE, 10),
            oneway(TWO, 11),
            Event.ok(TWO, 12, 0),
            ok(ONE, 20),
            submitted(new CallId(1, 3), 2 * SECOND),
            Event.failed(new CallId(1, 3), 3 * SECOND, RpcException.Kind.TIMEOUT),
            submitted(new CallId(1, 4), 2 * SECOND),
            Event.failed(new CallId(1, 4), 2 * SECOND + 1, RpcException.Kind.NOT_SENT),
            submitted(new CallId(1, 5), 4 * SECOND),
            ok(new CallId(1, 5), 4 * SECOND + 5));
    var server =
        Stream.of(
                ran(ONE, 12),
                ran(TWO, 13),
                ran(new CallId(1, 3), 3 * SECOND + 9), // after its caller gave up
                ran(new CallId(1, 5), 4 * SECOND + 1),
                List.of(Event.accepted(new CallId(1, 4), 8), Event.refused(new CallId(1, 4), 9)),
                List.of(Event.stopped(5 * SECOND)))
            .flatMap(List::stream)
            .toList();

    assertThat(violations(client, server, fault(Fault.FREEZE_SERVER, SECOND, 3 * SECOND)))
        .isEmpty();
  }

  static Stream<Sample> samples() {
    return Stream.of(
            breakingEquation1(),
            breakingEquations2And3(),
            breakingEquation4(),
            breakingEquation5(),
            breakingEquation6(),
            breakingEquations7And8())
        .flatMap(samples -> samples);
  }

  private static Stream<Sample> breakingEquation1() {
    return Stream.of(
        new Sample("no end", List.of(submitted(ONE, 1)), List.of(), List.of(), "1: call 1/1 never"),
        new Sample(
            "two ends",
            List.of(submitted(ONE, 1), ok(ONE, 2), ok(ONE, 3)),
            ran(ONE, 1),
            List.of(),
            "1: call 1/1 has two ends"),
        new Sample(
            "submitted twice",
            List.of(submitted(ONE, 1), submitted(ONE, 1), ok(ONE, 2)),
            ran(ONE, 1),
            List.of(),
            "1: call 1/1 submitted twice"),
        new Sample("an end alone", List.of(ok(ONE, 2)), List.of(), List.of(), "1: call 1/1 was"),
        new Sample(
            "an end 501 ms late",
            List.of(submitted(ONE, 0), ok(ONE, 1_501_000)),
            ran(ONE, 1),
            List.of(),
            "1: call 1/1 ended 501000 us after its deadline"),
        new Sample(
            "an end that a pause explains in part",
            List.of(
                submitted(ONE, 0),
                Event.paused(1, 1_000_000, Duration.ofMillis(50)),
                ok(ONE, 1_600_000)),
            ran(ONE, 1),
            List.of(),
            "1: call 1/1 ended 550000 us after its deadline"));
  }

  private static Stream<Sample> breakingEquations2And3() {
    return Stream.of(
        new Sample(
            "a result that nobody made",
            List.of(submitted(ONE, 1), ok(ONE, 2)),
            List.of(),
            List.of(),
            "2: call 1/1 has a result, and never ran"),
        new Sample(
            "a call that ran twice",
            List.of(submitted(ONE, 1), ok(ONE, 2)),
            Stream.of(ran(ONE, 1), ran(ONE, 1)).flatMap(List::stream).toList(),
            List.of(),
            "2: call 1/1 ran 2 times"),
        new Sample(
            "a call that nobody made", List.of(), ran(ONE, 1), List.of(), "2: call 1/1 was never"),
        new Sample(
            "a call that ran and was not sent",
            List.of(submitted(ONE, 1), failed(RpcException.Kind.NOT_SENT, 2)),
            ran(ONE, 1),
            fault(Fault.KILL, 0, 3),
            "3: call 1/1 failed with NOT_SENT, and ran"));
  }

  private static Stream<Sample> breakingEquation4() {
    var timeout = List.of(submitted(ONE, 10), failed(RpcException.Kind.TIMEOUT, 20));
    return Stream.of(
        new Sample(
            "a failure without a fault", timeout, List.of(), List.of(), "4: call 1/1 failed with"),
        new Sample(
            "a failure before the fault",
            timeout,
            List.of(),
            fault(Fault.FREEZE_SERVER, 21, 30),
            "TIMEOUT, which no fault explains: []"),
        new Sample(
            "a failure after the fault",
            timeout,
            List.of(),
            fault(Fault.FREEZE_SERVER, 1, 9),
            "TIMEOUT, which no fault explains: []"),
        new Sample(
            "no connection for longer than the server was gone",
            List.of(submitted(ONE, 310_000), failed(RpcException.Kind.NOT_SENT, 320_000)),
            List.of(),
            fault(Fault.KILL, 0, 100_000),
            "NOT_SENT, which no fault explains: []"),
        new Sample(
            "a fault of another client",
            timeout,
            List.of(),
            List.of(Event.begins(Fault.PARTITION, 2, 1), Event.ends(Fault.PARTITION, 2, 30)),
            "TIMEOUT, which no fault explains: []"),
        new Sample(
            "a failure that the fault does not explain",
            timeout,
            List.of(),
            fault(Fault.KILL, 1, 30),
            "TIMEOUT, which no fault explains: [Outage[fault=KILL"),
        new Sample(
            "a graceful stop in the middle of a call",
            List.of(submitted(ONE, 10), failed(RpcException.Kind.DISCONNECTED, 20)),
            ran(ONE, 11),
            fault(Fault.TERMINATE, 1, 30),
            "4: call 1/1 failed with DISCONNECTED, and ran"),
        new Sample(
            "a graceful stop that cost a call from before",
            List.of(submitted(ONE, 10), failed(RpcException.Kind.DISCONNECTED, 20)),
            List.of(),
            fault(Fault.TERMINATE, 11, 30),
            "4: call 1/1 failed with DISCONNECTED, which no fault explains"),
        new Sample(
            "a graceful stop that cost a client that it could tell",
            List.of(submitted(ONE, 10).told(), failed(RpcException.Kind.DISCONNECTED, 20)),
            List.of(),
            fault(Fault.TERMINATE, 1, 30),
            "4: call 1/1 failed with DISCONNECTED, which no fault explains"),
        new Sample(
            "a call, not a stream, that a stopping server turned away",
            List.of(submitted(ONE, 10), failed(RpcException.Kind.REMOTE, 20)),
            List.of(),
            fault(Fault.TERMINATE, 1, 30),
            "4: call 1/1 failed with REMOTE, which no fault explains"),
        new Sample(
            "no success between two faults",
            List.of(submitted(ONE, 1), ok(ONE, 2)),
            ran(ONE, 1),
            Stream.of(fault(Fault.KILL, 5, 6), fault(Fault.KILL, 8, 9))
                .flatMap(List::stream)
                .toList(),
            "client 1 had no success between 6 and 8"));
  }

  private static Stream<Sample> breakingEquation5() {
    var sent = List.of(oneway(ONE, 10), Event.ok(ONE, 20, 0));
    return Stream.of(
        new Sample("a lost oneway call", sent, List.of(), List.of(), "5: call 1/1 is oneway"),
        new Sample(
            "one from before a graceful stop",
            sent,
            List.of(),
            fault(Fault.TERMINATE, 15, 30),
            "5: call 1/1 is oneway"),
        new Sample(
            "one lost long before a kill",
            sent,
            List.of(),
            fault(Fault.KILL, 21 + SECOND, 2 * SECOND),
            "5: call 1/1 is oneway"));
  }

  private static List<Event> inflow(int... numbers) {
    return Stream.concat(
            IntStream.of(numbers).mapToObj(number -> Event.received(ONE, 5, number)),
            Stream.of(Event.halfClosed(ONE, 6)))
        .toList();
  }

  /// A client that has sent two messages, and has them back.
  private static List<Event> chat(List<Event> inflow) {
    return Stream.of(
            List.of(submitted(ONE, 1).stream()), inflow, List.of(Event.streamOk(ONE, 9, 2)))
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void findsNothingInAStreamThatBalances() throws IOException {
    assertThat(violations(chat(inflow(1, 2)), inflow(1, 2), List.of())).isEmpty();
  }

  private static Stream<Sample> breakingEquation6() {
    var twoEnds = Stream.of(inflow(1, 2), inflow()).flatMap(List::stream).toList();
    return Stream.of(
        new Sample(
            "a message that is missing at the server",
            chat(inflow(1, 2)),
            inflow(1),
            List.of(),
            "6: call 1/1 has not come whole"),
        new Sample(
            "a message that is missing at the client",
            chat(inflow(1)),
            inflow(1, 2),
            List.of(),
            "6: call 1/1 has not come whole"),
        new Sample(
            "a message that comes twice",
            chat(inflow(1, 1, 2)),
            inflow(1, 2),
            List.of(),
            "6: call 1/1 has messages out of order"),
        new Sample(
            "messages in another order",
            chat(inflow(1, 2)),
            Stream.of(inflow(2, 1), List.of(Event.received(ONE, 7, 2)))
                .flatMap(List::stream)
                .limit(2)
                .toList(),
            List.of(),
            "6: call 1/1 has messages out of order"),
        new Sample(
            "a second end",
            chat(inflow(1, 2)),
            twoEnds,
            List.of(),
            "6: call 1/1 has messages out of order"),
        new Sample(
            "no end",
            chat(List.of(Event.received(ONE, 5, 1), Event.received(ONE, 5, 2))),
            inflow(1, 2),
            List.of(),
            "6: call 1/1 has not come whole"));
  }

  private static Stream<Sample> breakingEquations7And8() {
    var fine = List.of(submitted(ONE, 1), ok(ONE, 2));
    var timedOut = List.of(submitted(ONE, 1), failed(RpcException.Kind.TIMEOUT, 2));
    return Stream.of(
        new Sample(
            "a handler without an end",
            timedOut,
            List.of(Event.accepted(ONE, 1), Event.stopped(9)),
            fault(Fault.FREEZE_SERVER, 0, 9),
            "7: call 1/1 accepted and then forgotten"),
        new Sample(
            "an effect without a handler",
            fine,
            List.of(Event.executed(ONE, 1, REQUEST, REPLY)),
            List.of(),
            "7: call 1/1 ran without having been accepted"),
        new Sample(
            "another request than was made",
            fine,
            List.of(Event.accepted(ONE, 1), Event.executed(ONE, 1, REQUEST + 1, REPLY)),
            List.of(),
            "8: call 1/1 ran with another request"),
        new Sample(
            "another call's reply",
            fine,
            List.of(Event.accepted(ONE, 1), Event.executed(ONE, 1, REQUEST, REPLY + 1)),
            List.of(),
            "8: call 1/1 has a reply that was not made for it"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void findsWhatDoesNotBalance(Sample sample) throws IOException {
    assertThat(violations(sample.client, sample.server, sample.faults))
        .anySatisfy(violation -> assertThat(violation).contains(sample.violation));
  }

  @Test
  void forgivesAOnewayCallThatWasOnItsWayToAKilledServer() throws IOException {
    var client = List.of(oneway(ONE, 10), Event.ok(ONE, 20, 0));

    assertThat(violations(client, List.of(), fault(Fault.KILL, SECOND, 2 * SECOND))).isEmpty();
  }

  @Test
  void forgivesACallOfAClientThatPausesBeforeItDialsAgain() throws IOException {
    var client = List.of(submitted(ONE, 290_000), failed(RpcException.Kind.NOT_SENT, 320_000));

    assertThat(violations(client, List.of(), fault(Fault.KILL, 0, 100_000))).isEmpty();
  }

  @Test
  void forgivesACallThatCrossedWithTheEndOfItsConnection() throws IOException {
    var client =
        List.of(
            submitted(ONE, 10),
            failed(RpcException.Kind.DISCONNECTED, 20),
            submitted(TWO, 10).told().throughProxy(),
            Event.failed(TWO, 20, RpcException.Kind.DISCONNECTED),
            submitted(THREE, 10).stream(),
            Event.failed(THREE, 20, RpcException.Kind.REMOTE));

    assertThat(violations(client, List.of(), fault(Fault.TERMINATE, 9, 30))).isEmpty();
  }

  @Test
  void forgivesAHandlerWhoseServerWasKilled() throws IOException {
    var client = List.of(submitted(ONE, 1), failed(RpcException.Kind.DISCONNECTED, 9));

    assertThat(violations(client, List.of(Event.accepted(ONE, 2)), fault(Fault.KILL, 8, 9)))
        .isEmpty();
  }
}
