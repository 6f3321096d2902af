package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// A socket on JDK NIO.
final class NioSocket implements PolledSocket {

  private final SocketChannel channel;
  private NioPoller poller;
  private @Nullable SocketAddress local;
  private @Nullable SocketAddress remote;

  /// @param poller the one it belongs to until it is [#established]
  NioSocket(NioPoller poller, SocketChannel channel) throws IOException {
    this.poller = poller;
    this.channel = channel;
    channel.configureBlocking(false);
    if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
  }

  SocketChannel channel() {
    return channel;
  }

  /// Settles who polls it, and keeps what the channel forgets when it closes.
  void established(NioPoller poller) throws IOException {
    this.poller = poller;
    this.local = channel.getLocalAddress();
    this.remote = channel.getRemoteAddress();
  }

  @Override
  public SocketAddress localAddress() {
    return established(local);
  }

  @Override
  public SocketAddress remoteAddress() {
    return established(remote);
  }

  private static SocketAddress established(@Nullable SocketAddress address) {
    if (address == null) {
      throw new IllegalStateException("not connected");
    }
    return address;
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
