package io.windhover.bench.contestant;

import io.windhover.bench.apache.ApacheBench;
import io.windhover.bench.harness.Contestant;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.thrift.server.TThreadedSelectorServer;
import org.apache.thrift.transport.TNonblockingServerSocket;
import org.apache.thrift.transport.TNonblockingServerSocket.NonblockingAbstractServerSocketArgs;
import org.apache.thrift.transport.TTransportException;

/// libthrift with a selector thread, for one core, and its default pool of workers. That server
/// speaks Framed, and binary unless told otherwise.
final class LibthriftSelector implements Contestant {

  @Override
  public int serve(int port) throws TTransportException {
    var socket =
        new TNonblockingServerSocket(
            new NonblockingAbstractServerSocketArgs()
                .bindAddr(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .backlog(LibthriftPool.BACKLOG));
    var server =
        new TThreadedSelectorServer(
            new TThreadedSelectorServer.Args(socket)
                .selectorThreads(1)
                .processor(new ApacheBench.Processor(new LibthriftHandler())));
    Thread.ofPlatform().name("libthrift").start(server::serve);
    return socket.getPort();
  }

  @Override
  public Client connect(int port) {
    return new LibthriftClient(port);
  }
}
