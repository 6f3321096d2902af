package io.windhover.bench.contestant;

import io.windhover.bench.apache.ApacheBench;
import io.windhover.bench.harness.Contestant;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.server.TThreadPoolServer;
import org.apache.thrift.transport.TServerSocket;
import org.apache.thrift.transport.TServerSocket.ServerSocketTransportArgs;
import org.apache.thrift.transport.TTransportException;
import org.apache.thrift.transport.layered.TFramedTransport;

/// libthrift with a thread for each connection; their number has no limit unless one is set.
final class LibthriftPool implements Contestant {

  /// Connections that may wait to be accepted; the callers of a run all connect at once.
  static final int BACKLOG = 1024;

  @Override
  public int serve(int port) throws TTransportException {
    var socket =
        new TServerSocket(
            new ServerSocketTransportArgs()
                .bindAddr(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .backlog(BACKLOG));
    var server =
        new TThreadPoolServer(
            new TThreadPoolServer.Args(socket)
                .transportFactory(new TFramedTransport.Factory())
                .protocolFactory(new TBinaryProtocol.Factory())
                .processor(new ApacheBench.Processor(new LibthriftHandler())));
    Thread.ofPlatform().name("libthrift").start(server::serve);
    return socket.getServerSocket().getLocalPort();
  }

  @Override
  public Client connect(int port) {
    return new LibthriftClient(port);
  }
}
