package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.NodePool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Many random lives of a connection, each held against [ConnectionModel].
final class ConnectionModelTest {

  private static final int LIVES = 1_000;
  private static final int MAX_STEPS = 120;
  private static final Duration LIMIT = Duration.ofMinutes(1); // it takes a few seconds

  /// One thing that happens; how often, in parts of the sum of all.
  private enum Step {
    PEER_SENDS(20),
    DELIVER(30),
    DRIP(3),
    POLL(40),
    TASKS(40),
    KERNEL_TAKES(15),
    WRITE(10),
    WRITE_ELSEWHERE(15),
    TRY_WRITE_ELSEWHERE(15),
    WRITE_AND_WAIT(10),
    PAUSE(3),
    RESUME(6),
    BUSY(2),
    CLOCK(12),
    RELEASE(3),
    PEER_ENDS(2),
    PEER_RESETS(1),
    PEER_IS_GONE_FOR_WRITES(1),
    RUBBISH(1),
    CLOSE(1),
    CLOSE_ELSEWHERE(2),
    END_OUTPUT(1),
    END_OUTPUT_ELSEWHERE(1),
    ABORT(1),
    ABORT_ELSEWHERE(1),
    SHUT_DOWN(1);

    private final int weight;

    Step(int weight) {
      this.weight = weight;
    }

    static Step pick(Random random) {
      int left = random.nextInt(SUM);
      for (var step : values()) {
        left -= step.weight;
        if (left < 0) {
          return step;
        }
      }
      throw new AssertionError(left);
    }

    private static final int SUM = List.of(values()).stream().mapToInt(step -> step.weight).sum();
  }

  @Test
  void livesAsTheModelSays() throws InterruptedException {
    var failure = new AtomicReference<@Nullable Throwable>();
    var ends = new EnumMap<CloseReason, Integer>(CloseReason.class);
    var driver =
        new PollerThread(
            "model",
            false,
            () -> {
              try {
                for (long seed = 0; seed < LIVES; seed++) {
                  ends.merge(new Life(seed).run(), 1, Integer::sum);
                }
              } catch (RuntimeException | Error e) {
                failure.set(e);
              }
            });
    driver.start();
    boolean ended = driver.join(LIMIT);

    assertThat(ended).isTrue();
    assertThat(failure).hasNullValue();
    assertThat(ends.keySet())
        .as("each of them came up, but for those of TLS")
        .isEqualTo(EnumSet.complementOf(EnumSet.of(CloseReason.TLS_FAILED, CloseReason.TRUNCATED)));
  }

  /// One connection, from the first call to the last.
  private static final class Life {

    private final long seed;
    private final Random random;
    private final long heldBefore = NodePool.shared().heldBytes();
    private final long heldByOthers;
    private final ConnectionWorld world;
    private final boolean accepted;
    private final List<String> history = new ArrayList<>();

    Life(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.accepted = random.nextInt(3) > 0;
      this.world = new ConnectionWorld(random, options(), accepted);
      this.heldByOthers = random.nextInt(8) == 0 ? 199_000 : 0;
      if (heldByOthers > 0) {
        world.budget.change(0, heldByOthers);
        world.model.mayEnd(CloseReason.MEMORY);
      }
      if (random.nextBoolean()) {
        world.socket.room = random.nextInt(10_000);
      }
      world.meanwhile = this::meanwhile;
    }

    private ConnectionOptions options() {
      return ConnectionOptions.builder()
          .firstByteTimeout(timeout())
          .frameTimeout(timeout())
          .minFrameBytesPerSecond(random.nextBoolean() ? 100 : 1 << 20)
          .writeStallTimeout(timeout())
          .idleTimeout(timeout())
          .writeHighWaterBytes(4_000)
          .maxUnsentBytes(40_000)
          .build();
    }

    private Duration timeout() {
      return Duration.ofSeconds(random.nextBoolean() ? 20 : 100);
    }

    CloseReason run() {
      int steps = random.nextInt(MAX_STEPS);
      for (int i = 0; i < steps && !world.model.isClosed(); i++) {
        take(Step.pick(random));
        quietWhenTasksAreDone();
      }
      end();
      return Objects.requireNonNull(world.model.closeReason());
    }

    private void quietWhenTasksAreDone() {
      world.settle();
      if (world.poller.tasks.isEmpty()) {
        world.model.checkQuiet(accepted);
        world.checkBudget(heldByOthers);
      }
      failIfWrong();
    }

    private void failIfWrong() {
      if (!world.model.wrong.isEmpty()) {
        throw new AssertionError("seed " + seed + ": " + world.model.wrong + " after " + history);
      }
    }

    private void take(Step step) {
      history.add(step.name());
      switch (step) {
        case PEER_SENDS -> world.peerSends();
        case DELIVER -> world.deliverSome();
        case DRIP -> world.drip();
        case POLL -> world.poll();
        case TASKS -> world.runTasks();
        case KERNEL_TAKES -> world.kernelTakes(random.nextInt(2_500));
        case WRITE -> world.writeNew();
        case WRITE_ELSEWHERE -> world.offPoller(world::writeNew);
        case TRY_WRITE_ELSEWHERE -> world.offPoller(world::tryWriteNew);
        case WRITE_AND_WAIT -> world.writeAndWait();
        case PAUSE -> world.offPoller(world::pause);
        case RESUME -> world.offPoller(world::resume);
        case BUSY -> world.busy = !world.busy;
        case CLOCK -> world.turnClock(Duration.ofSeconds(1 + random.nextInt(15)));
        case RELEASE -> world.offPoller(world::releaseKept);
        case PEER_ENDS -> world.peerEnds();
        case PEER_RESETS -> world.peerResets();
        case PEER_IS_GONE_FOR_WRITES -> world.peerIsGoneForWrites();
        case RUBBISH -> world.peerSendsRubbish();
        case CLOSE -> world.close();
        case CLOSE_ELSEWHERE -> world.offPoller(world::close);
        case END_OUTPUT -> world.endOutput();
        case END_OUTPUT_ELSEWHERE -> world.offPoller(world::endOutput);
        case ABORT -> world.abort();
        case ABORT_ELSEWHERE -> world.offPoller(world::abort);
        case SHUT_DOWN -> world.shutDown();
      }
    }

    /// In the middle of a write to the kernel.
    private void meanwhile() {
      for (int i = random.nextInt(8); i < 3 && !world.model.isClosed(); i++) {
        var step = Step.pick(random);
        boolean isOfPoller =
            switch (step) {
              case POLL, TASKS, WRITE, CLOCK, CLOSE, ABORT, SHUT_DOWN -> true;
              default -> false;
            };
        if (step != Step.WRITE_AND_WAIT && (!isOfPoller || world.pollerIsFree())) {
          take(step);
        }
      }
    }

    /// Lets all happen that is under way, and then closes if nothing else has.
    private void end() {
      world.meanwhile = () -> {};
      world.kernelTakes(10_000_000);
      world.deliver(Integer.MAX_VALUE);
      for (int i = 0; i < 50; i++) {
        if (world.model.isPaused()) {
          world.resume();
        }
        letHappen();
      }
      world.model.checkAllHanded();
      history.add("END");
      world.close();
      letHappen();
      world.turnClock(Duration.ofSeconds(1)); // of lingering
      letHappen();
      world.releaseKept();
      checkEnd();
    }

    private void letHappen() {
      do {
        world.runTasks();
        quietWhenTasksAreDone();
      } while (world.poll() || !world.poller.tasks.isEmpty());
    }

    private void checkEnd() {
      var model = world.model;
      model.checkSent();
      model.check(model.isClosed(), "never closed");
      model.check(world.open.get() == 0, "open connections: " + world.open);
      long held = NodePool.shared().heldBytes() - heldBefore;
      model.check(held == 0, held + " bytes not given back");
      failIfWrong();
    }
  }
}
