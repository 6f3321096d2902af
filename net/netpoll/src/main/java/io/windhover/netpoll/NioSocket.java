package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/// A socket on JDK NIO.
final class NioSocket extends SystemSocket {

  private final SocketChannel channel;
  private NioPoller poller;

  private NioSocket(NioPoller poller, SocketChannel channel) {
    this.poller = poller;
    this.channel = channel;
  }

  /// @param poller the one it belongs to until it is [#established]
  /// @param channel taken over, whatever the outcome
  /// @throws IOException if the connection is gone
  static NioSocket of(NioPoller poller, SocketChannel channel) throws IOException {
    try {
      channel.configureBlocking(false);
      if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      return new NioSocket(poller, channel);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  SocketChannel channel() {
    return channel;
  }

  /// Settles who polls it.
  void established(NioPoller poller) throws IOException {
    this.poller = poller;
    keepAddresses(channel.getLocalAddress(), channel.getRemoteAddress());
  }

  @Override
  void setKeepAlive(KeepAlive keepAlive) throws IOException {
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, keepAlive.idleSeconds());
      channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, keepAlive.intervalSeconds());
      channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, keepAlive.probes());
    }
  }

  @Override
  public int read(LinkBuffer into) throws IOException {
    return into.readFrom(channel);
  }

  @Override
  public void write(LinkBuffer from) throws IOException {
    from.writeTo(channel);
  }

  @Override
  public void interest(boolean readable, boolean writable) {
    poller.interest(
        channel, (readable ? SelectionKey.OP_READ : 0) | (writable ? SelectionKey.OP_WRITE : 0));
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is gone all the same.
    }
  }
}
