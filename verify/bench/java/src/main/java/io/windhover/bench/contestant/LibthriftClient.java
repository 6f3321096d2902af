package io.windhover.bench.contestant;

import io.windhover.bench.apache.ApacheBench;
import io.windhover.bench.apache.ApacheReply;
import io.windhover.bench.apache.ApacheRequest;
import io.windhover.bench.harness.Contestant.Caller;
import io.windhover.bench.harness.Contestant.Client;
import io.windhover.bench.harness.Contestant.Work;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.TTransport;
import org.apache.thrift.transport.layered.TFramedTransport;

/// The client of both servers of libthrift. That has no pool, so here is the smallest: idle
/// connections in a stack, each lent to one call, and thrown away if the call fails.
final class LibthriftClient implements Client {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final int port;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  LibthriftClient(int port) {
    this.port = port;
  }

  @Override
  public Caller caller(Work work, int bytes) {
    var body = Body.ofBytes(bytes);
    return switch (work) {
      case ECHO -> () -> check(body, call(bench -> bench.echo(request(body))));
      case SLEEP -> () -> check(body, call(bench -> bench.sleep(request(body))));
      case ORDER -> {
        var order = Orders.apache();
        yield () -> {
          var reply = call(bench -> bench.order(order));
          Orders.check(reply.id, reply.items.size());
        };
      }
      case BIDI, STREAM -> throw work.notHere();
    };
  }

  private static ApacheRequest request(Body body) {
    var request = new ApacheRequest();
    request.body = body.text();
    return request;
  }

  private static void check(Body body, ApacheReply reply) {
    body.check(reply.body);
  }

  private <R> R call(Call<R> call) throws TException {
    var pooled = idle.poll();
    var connection = pooled == null ? open() : pooled;
    R reply;
    try {
      reply = call.make(connection.bench);
    } catch (TException e) {
      connection.transport.close();
      throw e;
    }
    idle.push(connection);
    return reply;
  }

  private Connection open() throws TException {
    var transport = new TFramedTransport(new TSocket("127.0.0.1", port, TIMEOUT_MILLIS));
    transport.open();
    return new Connection(transport, new ApacheBench.Client(new TBinaryProtocol(transport)));
  }

  private record Connection(TTransport transport, ApacheBench.Client bench) {}

  private interface Call<R> {
    R make(ApacheBench.Iface bench) throws TException;
  }
}
