package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class NioPollerTest extends PollerContractTest {

  private final List<NioPoller> started = new CopyOnWriteArrayList<>();

  @Override
  Poller.Starter starter() {
    return (threadName, nanoClock, sweepNanos) -> {
      var poller = NioPoller.start(threadName, nanoClock, sweepNanos, 0);
      started.add(poller);
      return poller;
    };
  }

  private static NioPoller start(SelectorProvider provider) throws IOException {
    return NioPoller.start(
        "windhover-poller-test", System::nanoTime, Duration.ofHours(1).toNanos(), 0, provider);
  }

  @Test
  void replacesASelectorThatSpins() throws IOException {
    var provider = new BrokenAtFirst(() -> {});
    try (var poller = start(provider)) {
      Waiting.until("replaced", () -> poller.selectorsReplaced() == 1);
      assertThat(provider.selects.get()).isBetween(512, 600);

      var ran = new CountDownLatch(1);
      poller.execute(ran::countDown);
      Waiting.on(ran);
    }
  }

  @Test
  void replacesASelectorThatFails() throws IOException {
    var provider =
        new BrokenAtFirst(
            () -> {
              throw new IOException("bad file descriptor");
            });
    try (var poller = start(provider)) {
      Waiting.until("replaced", () -> poller.selectorsReplaced() == 1);

      assertThat(provider.selects).hasValue(1);
      var ran = new CountDownLatch(1);
      poller.execute(ran::countDown);
      Waiting.on(ran);
    }
  }

  @Test
  void isStillWokenWhenATaskHasLookedForClosedChannels() throws IOException {
    try (var poller = start(SelectorProvider.provider())) {
      poller.execute(
          () -> {
            Waiting.on(Thread.ofPlatform().start(() -> poller.execute(() -> {})));
            poller.letGoOfClosed(); // takes the wake-up of that task
          });

      for (int i = 0; i < 100; i++) { // the first may still run in the same turn
        var ran = new CountDownLatch(1);
        poller.execute(ran::countDown);
        Waiting.on(ran);
      }
    }
  }

  @Test
  void keepsItsSelectorWhenItIsBusy() throws IOException {
    try (var poller = start(SelectorProvider.provider())) {
      for (int i = 0; i < 5_000; i++) {
        var ran = new CountDownLatch(1);
        poller.execute(ran::countDown);
        Waiting.on(ran);
      }

      assertThat(poller.selectorsReplaced()).isZero();
    }
  }

  @Test
  void takesItsConnectionsAlongToANewSelector() {
    var address = listen(tcp(), PollerFixture::echo);
    var client = new Recorder();
    var connection = dial(address, client);
    firstAccepted();

    for (var poller : started) {
      poller.execute(poller::replaceSelector);
    }
    started.forEach(poller -> Waiting.until("done", () -> poller.selectorsReplaced() == 1));

    connection.write(Frames.of("a"));
    Waiting.until("it comes back", () -> client.events.contains("frame a"));
    connection.write(Frames.of(new byte[4 << 20])); // write interest goes to the new one
    Waiting.until("that too", () -> client.events.size() == 3);
    var another = new Recorder();
    dial(address, another).write(Frames.of("b"));
    Waiting.until("the listener lives", () -> another.events.contains("frame b"));
  }

  /// The first selector does nothing but what it is told; the others are the system's.
  private static final class BrokenAtFirst extends SelectorProvider {

    interface Select {
      void run() throws IOException;
    }

    final AtomicInteger selects = new AtomicInteger();
    private final Select select;
    private boolean opened;

    BrokenAtFirst(Select select) {
      this.select = select;
    }

    @Override
    public AbstractSelector openSelector() throws IOException {
      if (opened) {
        return provider().openSelector();
      }
      opened = true;
      return new BrokenSelector(this);
    }

    @Override
    public DatagramChannel openDatagramChannel() {
      throw new UnsupportedOperationException();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Pipe openPipe() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel openSocketChannel() {
      throw new UnsupportedOperationException();
    }
  }

  private static final class BrokenSelector extends AbstractSelector {

    private final BrokenAtFirst provider;
    private final Set<SelectionKey> none = Set.of();

    BrokenSelector(BrokenAtFirst provider) {
      super(provider);
      this.provider = provider;
    }

    @Override
    public int select(Consumer<SelectionKey> action, long timeout) throws IOException {
      return select(timeout);
    }

    @Override
    public int select(long timeout) throws IOException {
      provider.selects.incrementAndGet();
      provider.select.run();
      return 0;
    }

    @Override
    public int select() throws IOException {
      return select(0);
    }

    @Override
    public int selectNow() {
      return 0;
    }

    @Override
    public Selector wakeup() {
      return this;
    }

    @Override
    public Set<SelectionKey> keys() {
      return none;
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
      return none;
    }

    @Override
    protected SelectionKey register(
        AbstractSelectableChannel channel, int operations, Object attachment) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void implCloseSelector() {}
  }
}
