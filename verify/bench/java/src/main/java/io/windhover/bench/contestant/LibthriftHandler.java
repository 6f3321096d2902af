package io.windhover.bench.contestant;

import io.windhover.bench.apache.ApacheBench;
import io.windhover.bench.apache.ApacheOrder;
import io.windhover.bench.apache.ApacheReply;
import io.windhover.bench.apache.ApacheRequest;

/// The handler of both servers of libthrift.
final class LibthriftHandler implements ApacheBench.Iface {

  @Override
  public ApacheReply echo(ApacheRequest request) {
    var reply = new ApacheReply();
    reply.body = request.body;
    return reply;
  }

  @Override
  public ApacheReply sleep(ApacheRequest request) {
    Sleep.oneMillisecond();
    return echo(request);
  }

  @Override
  public ApacheOrder order(ApacheOrder order) {
    return order;
  }
}
