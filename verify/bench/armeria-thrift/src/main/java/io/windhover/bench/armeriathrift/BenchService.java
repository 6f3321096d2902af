package io.windhover.bench.armeriathrift;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.windhover.bench.armeriathrift.idl.Bench;
import io.windhover.bench.armeriathrift.idl.Order;
import io.windhover.bench.armeriathrift.idl.Reply;
import io.windhover.bench.armeriathrift.idl.Request;
import io.windhover.bench.contestant.Sleep;
import org.apache.thrift.async.AsyncMethodCallback;

/// The handler. It is asynchronous, so Armeria runs it on the event loop; the method that sleeps
/// hands off to Armeria's executor for blocking tasks.
final class BenchService implements Bench.AsyncIface {

  @Override
  public void echo(Request request, AsyncMethodCallback<Reply> callback) {
    callback.onComplete(new Reply().setBody(request.getBody()));
  }

  @Override
  public void sleep(Request request, AsyncMethodCallback<Reply> callback) {
    ServiceRequestContext.current()
        .blockingTaskExecutor()
        .execute(
            () -> {
              Sleep.oneMillisecond();
              echo(request, callback);
            });
  }

  @Override
  public void order(Order order, AsyncMethodCallback<Order> callback) {
    callback.onComplete(order);
  }
}
