package io.windhover.rpc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.UnderflowException;
import io.windhover.netpoll.CloseReason;
import io.windhover.netpoll.Connection;
import io.windhover.netpoll.ConnectionClosedException;
import io.windhover.netpoll.testing.MemoryConnection;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Method;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.fixture.Eventually;
import io.windhover.rpc.fixture.LogRecorder;
import io.windhover.rpc.fixture.ThrowingConnection;
import io.windhover.rpc.pool.ConnectionLostException;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.transport.CallingConnection;
import io.windhover.rpc.transport.NotBegunException;
import io.windhover.rpc.transport.NotServedException;
import io.windhover.rpc.wire.ExtensionFailedException;
import io.windhover.rpc.wire.Guard;
import io.windhover.rpc.wire.WireException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Connections of transports that do not as they should.
@Timeout(20)
final class SharedCallingTest {

  private static final SocketAddress ADDRESS = InetSocketAddress.createUnresolved("db", 1);

  private final FakeDialler dialler = new FakeDialler();
  private final MemoryConnection socket = new MemoryConnection();

  static List<Throwable> mistakes() {
    return List.of(
        new IllegalStateException("oops"),
        new NoClassDefFoundError("acme/Table"),
        new AssertionError("no entry"),
        new StackOverflowError(),
        new Error("of its own"));
  }

  /// @param use what makes the pool or the poller call the method
  record Place(String where, Consumer<SharedCalling> use, Throwable thrown) {
    @Override
    public String toString() {
      return where + " " + thrown.getClass().getSimpleName();
    }
  }

  static Stream<Place> places() {
    return mistakes().stream().flatMap(SharedCallingTest::places);
  }

  private static Stream<Place> places(Throwable thrown) {
    var socket = new MemoryConnection();
    return Stream.of(
        new Place("isOpen", it -> assertThat(it.isOpen()).isFalse(), thrown),
        new Place("load", it -> assertThat(it.load()).isEqualTo(Integer.MAX_VALUE), thrown),
        new Place("room", it -> assertThat(it.room()).isZero(), thrown),
        new Place("leave", SharedCalling::leave, thrown),
        new Place("opened", _ -> {}, thrown),
        new Place("received", it -> it.received(socket, new LinkBuffer()), thrown),
        new Place("roomMade", it -> it.roomMade(socket), thrown),
        new Place("swept", it -> it.swept(socket, 1), thrown),
        new Place("heldBytes", it -> assertThat(it.heldBytes()).isZero(), thrown),
        new Place("isBusy", it -> assertThat(it.isBusy()).isFalse(), thrown),
        new Place("leavesIdle", it -> assertThat(it.leavesIdle(socket)).isFalse(), thrown),
        new Place("inputEnded", it -> it.inputEnded(socket, null), thrown),
        new Place("closed", it -> it.closed(socket, CloseReason.RESET), thrown));
  }

  @ParameterizedTest
  @MethodSource("places")
  void endsWithAWarningWhereverItThrows(Place place) {
    var connection = connection(new ThrowingConnection(new Idle(), place.where, place.thrown));

    try (var log = new LogRecorder(Guard.class.getName())) {
      connection.opened(socket);
      place.use.accept(connection);

      assertThat(log.drain("failed in " + place.where))
          .singleElement()
          .asString()
          .startsWith("WARNING the connection to " + socket.remoteAddress() + " ends:")
          .contains("transport tags failed in " + place.where + ": " + place.thrown);
    }
    assertThat(socket.isAborted()).isTrue();
    assertThat(connection.isOpen()).isFalse();
    assertThatThrownBy(() -> connection.call(invocation(), "hi"))
        .isInstanceOf(NotBegunException.class)
        .hasMessageContaining("failed in " + place.where);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void tellsItsCallerWhatItThrows(Throwable thrown) {
    var connection = opened(new ThrowingConnection(new Idle(), "call", thrown));

    assertThatThrownBy(() -> connection.call(invocation(), "hi"))
        .isInstanceOf(ExtensionFailedException.class)
        .hasMessage("transport tags failed in call: " + thrown)
        .hasCause(thrown);

    assertThat(socket.isAborted()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void tellsWhoOpensAStreamWhatItThrows(Throwable thrown) {
    var connection = opened(new ThrowingConnection(new Idle(), "open", thrown));

    assertThatThrownBy(() -> connection.open(invocation()))
        .isInstanceOf(ExtensionFailedException.class)
        .hasMessage("transport tags failed in open: " + thrown);

    assertThat(socket.isAborted()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  @SuppressWarnings("NullAway") // it throws before it looks at the stream
  void tellsWhoOpensAStreamAgainWhatItThrows(Throwable thrown) {
    var connection = opened(new ThrowingConnection(new Idle(), "reopen", thrown));

    assertThatThrownBy(() -> connection.reopen(null))
        .isInstanceOf(ExtensionFailedException.class)
        .hasMessage("transport tags failed in reopen: " + thrown);
    assertThatThrownBy(() -> connection.reopen(null)).isInstanceOf(NotBegunException.class);

    assertThat(socket.isAborted()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void endsByWhatItThrowsAtAFrame(Throwable thrown) throws Exception {
    var connection = opened(new ThrowingConnection(new Idle(), "frameBytes", thrown));

    try (var log = new LogRecorder(Guard.class.getName())) {
      endByFrame(connection);

      assertThat(log.await("failed in frameBytes: " + thrown)).startsWith("WARNING");
    }
    assertThat(socket.isAborted()).isTrue();
  }

  /// Does what the poller does with a frame of one byte.
  private void endByFrame(SharedCalling connection) {
    try (var input = LinkBuffer.wrap(new byte[1])) {
      connection.frameBytes(socket, input);
      throw new AssertionError("there is such a frame");
    } catch (RuntimeException e) {
      connection.inputEnded(socket, e);
    }
  }

  @Test
  void mayFindNoFrameThatIsNotThere() {
    var idle = new Idle();
    var connection = opened(idle);

    for (int bytes : List.of(-1, 2)) {
      idle.frameBytes = bytes;
      try (var input = LinkBuffer.wrap(new byte[1])) {
        assertThatThrownBy(() -> connection.frameBytes(socket, input))
            .isInstanceOf(ExtensionFailedException.class)
            .hasMessageContaining("found a frame of %d bytes where 1 are there".formatted(bytes));
      }
    }
  }

  static List<RuntimeException> faults() {
    return List.of(new MalformedMessageException("no tag"), readingPastTheEnd());
  }

  private static UnderflowException readingPastTheEnd() {
    try (var empty = new LinkBuffer()) {
      throw new AssertionError("read " + empty.getByte(0));
    } catch (UnderflowException e) {
      return e;
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void warnsOfNothingThatIsUpToTheServer(RuntimeException fault) {
    var idle = new Idle();
    var connection = opened(new ThrowingConnection(idle, "frameBytes", fault));

    try (var log = new LogRecorder("io.windhover.rpc")) {
      endByFrame(connection);

      assertThat(log.drain("")).isEmpty();
    }
    assertThat(idle.cause).isInstanceOf(WireException.class);
    assertThat(socket.isAborted()).isFalse(); // the transport says how it ends
  }

  @Test
  void staysOpenIfOneReplyCannotBeRead() {
    var malformed = new MalformedMessageException("no tag");
    var connection = opened(new ThrowingConnection(new Idle(), "call", malformed));

    assertThatThrownBy(() -> connection.call(invocation(), "hi"))
        .isInstanceOf(WireException.class)
        .hasMessage("transport tags: no tag");

    assertThat(socket.isAborted()).isFalse();
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void makesALossOfAWriteThatCameTooLate() {
    var late = new ConnectionClosedException("reset");
    var connection = opened(new ThrowingConnection(new Idle(), "call", late));

    assertThatThrownBy(() -> connection.call(invocation(), "hi"))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessage("reset");
  }

  @Test
  void returnsNoNullToCallers() {
    var connection = opened(new Idle());

    assertThatThrownBy(() -> connection.open(invocation()))
        .isInstanceOf(ExtensionFailedException.class)
        .hasMessage("transport tags returned null from open");

    assertThat(socket.isAborted()).isTrue();
  }

  @Test
  void costsNoMoreThanACallIfItCannotBeMade() {
    for (Supplier<@Nullable CallingConnection> maker :
        List.<Supplier<@Nullable CallingConnection>>of(
            () -> null,
            () -> {
              throw new AssertionError("no entry");
            })) {
      var pool = pool(maker);

      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> find(pool))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("transport tags failed in connection");
      }
      assertThat(pool.state().dialling()).isZero();
    }
    assertThat(dialler.dials()).isZero();
  }

  @Test
  void isNoConnectionIfItFailsOnceItIsOpen() {
    var mistake = new IllegalStateException("oops");
    var pool = pool(() -> new ThrowingConnection(new Idle(), "opened", mistake));

    assertThatThrownBy(() -> find(pool))
        .isInstanceOf(IOException.class)
        .hasMessage("transport tags failed in opened: " + mistake);

    assertThat(pool.state().counters().dialsFailed()).isEqualTo(1);
    assertThat(dialler.dials()).isEqualTo(1);
  }

  static List<Exception> reasonsNotToBeReady() {
    return List.of(
        new NotServedException("the server speaks something else", "Is this its port?"),
        new ConnectionClosedException("reset"));
  }

  /// What the dial of a connection that the server closes at once comes to, too.
  @ParameterizedTest
  @MethodSource("reasonsNotToBeReady")
  void isNoConnectionUntilItIsReady(Exception reason) {
    var pool = pool(() -> new ThrowingConnection(new Idle(), "awaitReady", reason));

    assertThatThrownBy(() -> find(pool))
        .isInstanceOf(IOException.class)
        .hasMessage(reason.getMessage());
    assertThatThrownBy(() -> find(pool))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("the next try is in");

    assertThat(pool.state().counters().dialsFailed()).isEqualTo(1);
    assertThat(pool.openConnections()).isZero();
    assertThat(dialler.dials()).isEqualTo(1);
  }

  @Test
  void hasToBeReadyWithinWhatItsDialMayTake() throws Exception {
    var idle = new Idle();

    assertThat(find(pool(() -> idle)).isOpen()).isTrue();

    assertThat(idle.timeout).isBetween(Duration.ofNanos(1), FakeDialler.CONNECT_TIMEOUT);
  }

  @Test
  void holdsUpNobodyIfItNeverSaysThatItIsReady() {
    var hanging = new CountDownLatch(1);
    var pool =
        pool(
            () ->
                new Idle() {
                  @Override
                  public void awaitReady(Duration timeout) {
                    Eventually.await(() -> hanging.getCount() == 0);
                  }
                });

    assertThatThrownBy(
            () -> pool.find(Deadline.after(FakeDialler.CONNECT_TIMEOUT), Duration.ofMillis(200)))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessageStartingWith("transport tags, in awaitReady, has not returned within ");

    assertThat(pool.openConnections()).isZero();
    hanging.countDown();
  }

  @Test
  void keepsTheInterruptThatATransportThrowsByATrick() {
    var interrupt = new InterruptedException();
    var connection = opened(new ThrowingConnection(new Idle(), "swept", interrupt));

    connection.swept(socket, 1);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(socket.isAborted()).isTrue();
  }

  private SharedCalling opened(CallingConnection inner) {
    var connection = connection(inner);
    connection.opened(socket);
    return connection;
  }

  private static SharedCalling connection(CallingConnection inner) {
    return new SharedCalling(new Guard("transport tags"), inner, _ -> {});
  }

  @SuppressWarnings("NullAway") // the mistake under test
  private SharedPool<SharedCalling> pool(Supplier<@Nullable CallingConnection> maker) {
    var parts = dialler.parts(PoolOptions.DEFAULT, TimeSource.SYSTEM);
    return SharedCalling.pool(ADDRESS, 1, parts, new Guard("transport tags"), maker);
  }

  private static SharedCalling find(SharedPool<SharedCalling> pool) throws Exception {
    var deadline = Deadline.after(Duration.ofSeconds(10), TimeSource.SYSTEM);
    return pool.find(deadline, FakeDialler.CONNECT_TIMEOUT);
  }

  private static Invocation invocation() {
    return new Invocation(
        "Echo",
        new Method<>("echo", false, "text"),
        Deadline.after(Duration.ofSeconds(10), TimeSource.SYSTEM),
        ADDRESS);
  }

  /// Does what it must and no more.
  private static class Idle implements CallingConnection {
    private volatile int frameBytes;
    private volatile @Nullable RuntimeException cause;
    private volatile @Nullable Duration timeout;

    @Override
    public void awaitReady(Duration timeout) {
      this.timeout = timeout;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public int load() {
      return 0;
    }

    @Override
    public Object call(Invocation invocation, Object request) {
      return request;
    }

    @Override
    @SuppressWarnings("NullAway") // the mistake under test
    public MessageStream open(Invocation invocation) {
      return null;
    }

    @Override
    public void leave() {}

    @Override
    public int frameBytes(Connection connection, LinkBuffer input) {
      return frameBytes;
    }

    @Override
    public void received(Connection connection, LinkBuffer frame) {
      frame.release();
    }

    @Override
    public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
      this.cause = cause;
    }
  }
}
