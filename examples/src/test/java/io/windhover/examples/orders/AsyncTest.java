package io.windhover.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.RpcException;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.server.Server;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The stub of a service whose methods return at once, over a live client and server.
final class AsyncTest {

  private static final int CALLS = 50;
  private static final Duration LONG = Duration.ofSeconds(10);

  private final CountDownLatch arrived = new CountDownLatch(CALLS);
  private final CompletableFuture<Long> reminded = new CompletableFuture<>();

  private final OrderService handler =
      new OrderService() {
        @Override
        public Order order(long id) throws NoSuchOrder {
          if (id < 0) {
            throw new NoSuchOrder().message("no order").id(id);
          }
          return new Order().id(id);
        }

        @Override
        public long place(Order order) {
          arrived.countDown();
          await(arrived);
          return order.id();
        }

        @Override
        public void remind(long id) {
          reminded.complete(id);
        }
      };

  private Server server;
  private Client client;
  private OrderServiceAsync orders;

  @BeforeEach
  void start() throws Exception {
    server = Server.builder().port(0).service(OrderService.serve(handler)).start();
    client = Client.builder("127.0.0.1:" + server.port()).timeout(LONG).build();
    orders = OrderServiceAsync.on(client);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
  }

  @Test
  void oneThreadHasManyCallsUnderWay() {
    var ids = LongStream.rangeClosed(1, CALLS).boxed().toList();

    var stages = ids.stream().map(id -> orders.place(new Order().id(id))).toList();

    assertThat(all(stages)).succeedsWithin(LONG).isEqualTo(ids); // each waited for the last one
  }

  @Test
  void whatTheIdlDeclaresCompletesTheStage() {
    assertThat(orders.order(-1).toCompletableFuture())
        .failsWithin(LONG)
        .withThrowableThat()
        .withCause(new NoSuchOrder().message("no order").id(-1));
  }

  @Test
  void aCallThatFailsCompletesTheStage() throws Exception {
    server.close();

    assertThat(orders.order(1).toCompletableFuture())
        .failsWithin(LONG)
        .withThrowableThat()
        .withCauseInstanceOf(RpcException.class);
  }

  @Test
  void aMistakeOfTheCallerCompletesTheStage() {
    assertThat(orders.place(null).toCompletableFuture())
        .failsWithin(LONG)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(NullPointerException.class)
        .withMessage("order");
  }

  @Test
  void aOnewayCallEndsOnceItIsWritten() {
    assertThat(orders.remind(7).toCompletableFuture()).succeedsWithin(LONG).isNull();
    assertThat(reminded).succeedsWithin(LONG).isEqualTo(7L);
  }

  private static <T> CompletableFuture<List<T>> all(List<CompletionStage<T>> stages) {
    var futures = stages.stream().map(CompletionStage::toCompletableFuture).toList();
    return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
        .thenApply(done -> futures.stream().map(CompletableFuture::join).toList());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
