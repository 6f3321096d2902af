package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class LookUpsTest {

  private static final int MAX_UNDER_WAY = 2;

  private final ScriptedNames names = new ScriptedNames();
  private final LookUps lookUps = new LookUps(names::resolve, MAX_UNDER_WAY);
  private final List<Thread> resolving = new CopyOnWriteArrayList<>();
  private final CountDownLatch answer = new CountDownLatch(1);

  private static InetSocketAddress at(String literal) {
    return new InetSocketAddress(InetAddress.ofLiteral(literal), 80);
  }

  private Destination find(String host, Duration timeout) throws IOException {
    return lookUps.find(InetSocketAddress.createUnresolved(host, 80), Deadline.after(timeout));
  }

  private Destination find(String host) throws IOException {
    return find(host, Waiting.LIMIT);
  }

  /// Returns when it waits.
  private CompletableFuture<Destination> finding(String host) {
    var result = new CompletableFuture<Destination>();
    var thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    result.complete(find(host));
                  } catch (IOException e) {
                    result.completeExceptionally(e);
                  }
                });
    Waiting.until("it waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
    return result;
  }

  /// A name whose look-up takes until `answer`.
  private void putSlow(String host) {
    names.put(
        host,
        _ -> {
          resolving.add(Thread.currentThread());
          Waiting.on(answer);
          return new InetAddress[] {InetAddress.ofLiteral("10.0.0.1")};
        });
  }

  private void givesUp(String host) {
    assertThatThrownBy(() -> find(host, Duration.ofMillis(20)))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("the name " + host + " was not resolved within 20 ms");
  }

  @AfterEach
  void leavesNoThread() {
    answer.countDown();
    resolving.forEach(Waiting::on);
  }

  @Test
  void findsTheAddressesOfAName() throws Exception {
    names.put("db", "2001:db8::1", "10.0.0.1");

    var destination = find("db");

    assertThat(destination.name()).isEqualTo("db:80");
    assertThat(destination.addresses()).containsExactly(at("2001:db8::1"), at("10.0.0.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "[::1]"})
  void asksNobodyAboutALiteral(String literal) throws Exception {
    var destination = find(literal, Duration.ZERO);

    assertThat(destination.name()).isNull();
    assertThat(destination.addresses()).containsExactly(at(literal));
    assertThat(names.asked).isEmpty();
  }

  @Test
  void asksNobodyAboutAnAddress() throws Exception {
    for (SocketAddress address :
        List.of(new InetSocketAddress(1), UnixDomainSocketAddress.of("/run/db"))) {
      assertThat(lookUps.find(address, Deadline.after(Duration.ZERO)))
          .isEqualTo(Destination.of(address));
    }
  }

  @Test
  void asksAnewEachTime() throws Exception {
    names.put("db", "10.0.0.1");
    find("db");
    names.put("db", "10.0.0.2");

    assertThat(find("db").addresses()).containsExactly(at("10.0.0.2"));
  }

  @Test
  void saysThatThereIsNoSuchName() {
    assertThatThrownBy(() -> find("db"))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("unknown host db: Name or service not known")
        .hasCauseInstanceOf(UnknownHostException.class);
  }

  @Test
  void takesNoAnswerForAnUnknownName() {
    names.put("db");

    assertThatThrownBy(() -> find("db"))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("unknown host db: no addresses");
  }

  @Test
  void bearsAResolverThatThrows() throws Exception {
    names.put(
        "db",
        _ -> {
          throw new IllegalStateException("a bug");
        });

    for (int i = 0; i <= MAX_UNDER_WAY; i++) {
      assertThatThrownBy(() -> find("db"))
          .isInstanceOf(IOException.class)
          .hasMessage("db cannot be resolved: java.lang.IllegalStateException: a bug");
    }
  }

  @Test
  void goesWhenItsTimeIsOver() throws Exception {
    putSlow("db");

    givesUp("db");

    answer.countDown();
    resolving.forEach(Waiting::on);
    names.put("db", "10.0.0.2");
    assertThat(find("db").addresses())
        .as("the late answer is dropped")
        .containsExactly(at("10.0.0.2"));
  }

  @Test
  void goesWhenItIsInterrupted() {
    putSlow("db");
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> find("db"))
        .isInstanceOf(InterruptedIOException.class)
        .isNotInstanceOf(SocketTimeoutException.class)
        .hasMessage("interrupted while resolving db");

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void sharesALookUpThatIsUnderWay() throws Exception {
    putSlow("db");
    for (int i = 0; i <= MAX_UNDER_WAY; i++) {
      givesUp("db");
    }
    var waits = finding("db");

    answer.countDown();

    assertThat(waits.get().addresses()).containsExactly(at("10.0.0.1"));
    assertThat(names.asked).containsExactly("db");
  }

  @Test
  void leavesNoMoreBehindThanTheLimit() throws Exception {
    putSlow("a");
    putSlow("b");
    names.put("c", "10.0.0.3");
    givesUp("a");
    givesUp("b");

    assertThatThrownBy(() -> find("c"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "c cannot be resolved: 2 other names are being resolved, the most there may be");
    assertThat(names.asked).containsExactlyInAnyOrder("a", "b");

    answer.countDown();
    resolving.forEach(Waiting::on);
    assertThat(find("c").addresses()).containsExactly(at("10.0.0.3"));
  }

  /// Which would keep their carriers.
  @Test
  void occupiesNoVirtualThread() {
    putSlow("db");

    givesUp("db");

    Waiting.until("it is looked up", () -> !resolving.isEmpty());
    assertThat(resolving).hasSize(1).noneMatch(Thread::isVirtual).allMatch(Thread::isDaemon);
  }

  @Test
  void letsNobodyWaitWhenItCloses() {
    putSlow("db");
    var waits = finding("db");

    lookUps.close();

    assertThatThrownBy(waits::get)
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessage("the pollers are closed");
    assertThatThrownBy(() -> find("c")).hasMessage("the pollers are closed");
  }
}
