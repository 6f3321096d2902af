package io.windhover.conformance.ledger;

import io.windhover.rpc.RpcException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Whether the files of a ledger agree with each other. Reads nothing else.
///
/// With S for a call that was submitted, O and F for its end, E for each time that it ran, A for
/// each handler that began:
///
/// 1. S = O + F, and each call ends by its deadline (_none is lost_)
/// 2. an O has an E, no S has two, and no E is without an S (_no phantom success, nothing twice_)
/// 3. an F that is safe to retry has no E (_that promise is true_)
/// 4. each F met a fault that may cause it. Only silence and a lost connection hide an E, and no
///    graceful stop does (_nothing fails without a reason_)
/// 5. a oneway O without an E was on its way when its server was killed, or was submitted to one
///    that stopped (_nor is one lost without a reason_)
/// 7. each A has an E or an error, unless its server was killed (_the server accounts for all_)
/// 8. what ran is what was submitted, and an O has the reply that was made for it
///
/// And after each fault every client has an O before the next begins.
final class Audit {

  /// For a machine that is busy with other things; [#toString] has what it was.
  private static final Duration LATE = Duration.ofMillis(500);

  private final Map<CallId, Account> accounts = new HashMap<>();
  private final Map<Integer, List<Event>> pauses = new HashMap<>();
  private final Map<Integer, List<Long>> successes = new TreeMap<>();
  private final List<Outage> outages = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final Map<RpcException.Kind, Integer> failures = new EnumMap<>(RpcException.Kind.class);
  private int hiddenEffects;
  private int lostOneways;
  private long latest; // microseconds past a deadline

  private Audit() {}

  /// @param folder with files `client-*`, `server-*` and `faults`
  static Audit of(Path folder) throws IOException {
    var audit = new Audit();
    audit.readFaults(folder.resolve("faults"));
    try (var files = Files.list(folder)) {
      for (var file : files.sorted().toList()) {
        var name = file.getFileName().toString();
        if (name.startsWith("client-")) {
          EventFile.read(file, audit::readOfClient);
        } else if (name.startsWith("server-")) {
          audit.readServer(file);
        }
      }
    }
    audit.accounts.values().forEach(audit::check);
    audit.checkRecovery();
    return audit;
  }

  private void readFaults(Path file) throws IOException {
    var open = new ArrayList<Event>();
    EventFile.read(
        file,
        event -> {
          if (event.kind() == Event.Kind.FAULT_BEGINS) {
            open.add(event);
          } else {
            var begin = open.removeLast();
            outages.add(
                new Outage(begin.fault(), begin.id().client(), begin.micros(), event.micros()));
          }
        });
  }

  private void readOfClient(Event event) {
    switch (event.kind()) {
      case SUBMITTED -> {
        var account = account(event.id());
        if (account.submitted != null) {
          violation(1, account, "submitted twice");
        }
        account.submitted = event;
      }
      case OK, FAILED -> {
        var account = account(event.id());
        if (account.end != null) {
          violation(1, account, "has two ends");
        }
        account.end = event;
      }
      case PAUSED -> pauses.computeIfAbsent(event.id().client(), _ -> new ArrayList<>()).add(event);
      case RECEIVED, HALF_CLOSED -> account(event.id()).atClient().add(event);
      case ACCEPTED, EXECUTED, REFUSED, STOPPED, FAULT_BEGINS, FAULT_ENDS ->
          throw new IllegalArgumentException(event + " in a client's file");
    }
  }

  private void readServer(Path file) throws IOException {
    var running = new HashSet<CallId>();
    var stopped = new boolean[1];
    EventFile.read(
        file,
        event -> {
          var account = account(event.id());
          switch (event.kind()) {
            case ACCEPTED -> running.add(event.id());
            case EXECUTED -> {
              if (!running.remove(event.id())) {
                violation(7, account, "ran without having been accepted");
              }
              account.executions++;
              account.execution = event;
            }
            case RECEIVED, HALF_CLOSED -> account.atServer().add(event);
            case REFUSED -> running.remove(event.id());
            case STOPPED -> {
              accounts.remove(event.id());
              stopped[0] = true;
            }
            case SUBMITTED, OK, FAILED, PAUSED, FAULT_BEGINS, FAULT_ENDS ->
                throw new IllegalArgumentException(event + " in a server's file");
          }
        });
    if (stopped[0]) {
      running.forEach(id -> violation(7, account(id), "accepted and then forgotten"));
    }
  }

  private Account account(CallId id) {
    return accounts.computeIfAbsent(id, Account::new);
  }

  private void violation(int equation, Account account, String what) {
    violations.add("equation %d: call %s %s: %s".formatted(equation, account.id, what, account));
  }

  private void check(Account account) {
    var submitted = account.submitted;
    if (submitted == null) {
      violation(account.hasRun() ? 2 : 1, account, "was never submitted");
      return;
    }
    var end = account.end;
    if (end == null) {
      violation(1, account, "never ended");
      return;
    }
    checkTime(account, submitted, end);
    checkOrder(account);
    if (account.executions > 1) {
      violation(2, account, "ran " + account.executions + " times");
    }
    if (account.isOk()) {
      successes.computeIfAbsent(account.id.client(), _ -> new ArrayList<>()).add(end.micros());
      checkSuccess(account, submitted, end);
    } else {
      failures.merge(end.failure(), 1, Integer::sum);
      checkFailure(account, submitted, end);
    }
    var execution = account.execution;
    if (execution != null && execution.crc() != submitted.crc()) {
      violation(8, account, "ran with another request");
    }
  }

  private void checkTime(Account account, Event submitted, Event end) {
    long allowed = TimeUnit.NANOSECONDS.toMicros(submitted.timeout().toNanos());
    long late = end.micros() - submitted.micros() - allowed;
    for (var pause : pauses.getOrDefault(account.id.client(), List.of())) {
      long micros = TimeUnit.MILLISECONDS.toMicros(pause.pause().toMillis());
      if (pause.micros() - micros <= end.micros() && submitted.micros() <= pause.micros()) {
        late -= micros;
      }
    }
    latest = Math.max(latest, late);
    if (late > TimeUnit.NANOSECONDS.toMicros(LATE.toNanos())) {
      violation(1, account, "ended %d us after its deadline".formatted(late));
    }
  }

  private void checkOrder(Account account) {
    if (account.isStream() && !(account.atServer().isInOrder() && account.atClient().isInOrder())) {
      violation(6, account, "has messages out of order");
    }
  }

  private void checkSuccess(Account account, Event submitted, Event end) {
    var execution = account.execution;
    if (account.isOneway()) {
      if (execution == null) {
        lostOneways++;
        if (outages.stream().noneMatch(outage -> outage.mayLose(submitted, end))) {
          violation(5, account, "is oneway, was sent, and never ran");
        }
      }
    } else if (account.isStream()) {
      if (!account.atServer().isWhole(end.number()) || !account.atClient().isWhole(end.number())) {
        violation(6, account, "has not come whole");
      }
    } else if (execution == null) {
      violation(2, account, "has a result, and never ran");
    } else if (execution.replyCrc() != end.replyCrc()) {
      violation(8, account, "has a reply that was not made for it");
    }
  }

  private void checkFailure(Account account, Event submitted, Event end) {
    var failure = end.failure();
    boolean ran = account.hasRun();
    if (failure.isSafeToRetry() && ran) {
      violation(3, account, "failed with %s, and ran".formatted(failure));
    }
    var met = outages.stream().filter(outage -> outage.meets(submitted, end)).toList();
    if (met.stream().noneMatch(outage -> outage.explains(submitted, failure))) {
      violation(4, account, "failed with %s, which no fault explains: %s".formatted(failure, met));
    }
    if (ran) {
      hiddenEffects++;
      if (met.stream().noneMatch(outage -> outage.fault().mayHideEffects())) {
        violation(4, account, "failed with %s, and ran: %s".formatted(failure, met));
      }
    }
  }

  private void checkRecovery() {
    outages.sort(Comparator.comparingLong(Outage::begin));
    for (int i = 0; i + 1 < outages.size(); i++) {
      long from = outages.get(i).end();
      long to = outages.get(i + 1).begin();
      successes.forEach(
          (client, times) -> {
            if (times.stream().noneMatch(time -> from < time && time < to)) {
              violations.add(
                  "client %d had no success between %d and %d".formatted(client, from, to));
            }
          });
    }
  }

  /// Returns what does not hold; empty is good.
  List<String> violations() {
    return violations;
  }

  List<Outage> outages() {
    return outages;
  }

  int calls() {
    return accounts.size();
  }

  @Override
  public String toString() {
    var faults = new EnumMap<Fault, Integer>(Fault.class);
    outages.forEach(outage -> faults.merge(outage.fault(), 1, Integer::sum));
    return "%,d calls; faults %s; failures %s, of which %d ran; oneway calls lost: %d; latest end %d ms after its deadline"
        .formatted(accounts.size(), faults, failures, hiddenEffects, lostOneways, latest / 1000);
  }
}
