package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.AtomicInteger;

/// A socket that takes all and counts it, or nothing until it is told to. What two threads do to it
/// at once shows in `overlaps`.
final class StressSocket implements PolledSocket, WritableByteChannel {

  volatile boolean full;
  final AtomicInteger bytesSent = new AtomicInteger();
  volatile int overlaps;
  private volatile boolean inUse;

  @Override
  public SocketAddress localAddress() {
    return new InetSocketAddress(1);
  }

  @Override
  public SocketAddress remoteAddress() {
    return new InetSocketAddress(2);
  }

  @Override
  public int read(LinkBuffer into) {
    return -1;
  }

  @Override
  public void write(LinkBuffer from) throws IOException {
    if (inUse) {
      overlaps = 1;
    }
    inUse = true;
    try {
      if (!full) {
        from.writeTo(this);
      }
    } finally {
      inUse = false;
    }
  }

  @Override
  public int write(ByteBuffer bytes) {
    int count = bytes.remaining();
    bytes.position(bytes.limit());
    bytesSent.addAndGet(count);
    return count;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void interest(boolean readable, boolean writable) {}

  @Override
  public void shutdownOutput() {}

  @Override
  public void close() {}
}
