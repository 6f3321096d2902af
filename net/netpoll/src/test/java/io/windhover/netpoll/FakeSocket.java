package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;

/// A socket whose kernel is the test.
final class FakeSocket implements PolledSocket {

  /// Stands in the way of a call.
  interface Hook {
    void run() throws IOException;
  }

  final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  final ArrayDeque<byte[]> arriving = new ArrayDeque<>();
  boolean atEnd; // after what is arriving
  boolean endRead; // and the connection knows
  int bytesRead;
  int room = Integer.MAX_VALUE;
  int writes;
  Hook duringRead = () -> {};
  Hook duringWrite = () -> {};
  boolean readInterest = true;
  boolean writeInterest;
  boolean outputShutDown;
  int writesBeforeHeldBack = -1;
  Runnable duringShutdown = () -> {};
  boolean closed;

  @Override
  public SocketAddress localAddress() {
    return new InetSocketAddress(1);
  }

  @Override
  public SocketAddress remoteAddress() {
    return new InetSocketAddress(2);
  }

  @Override
  public int read(LinkBuffer into) throws IOException {
    duringRead.run();
    if (arriving.isEmpty()) {
      endRead = atEnd;
      return atEnd ? -1 : 0;
    }
    var bytes = arriving.remove();
    into.writeBytes(bytes, 0, bytes.length);
    bytesRead += bytes.length;
    return bytes.length;
  }

  @Override
  public void write(LinkBuffer from) throws IOException {
    writes++;
    duringWrite.run();
    int count = Math.min(room, from.size());
    byte[] bytes = new byte[count];
    try (var part = from.slice(count)) { // as a kernel, leaves no memory behind
      part.readBytes(bytes, 0, count);
    }
    sent.writeBytes(bytes);
    room -= count;
  }

  @Override
  public void holdBack() {
    writesBeforeHeldBack = writes;
  }

  @Override
  public void interest(boolean readable, boolean writable) {
    readInterest = readable;
    writeInterest = writable;
  }

  @Override
  public void shutdownOutput() {
    duringShutdown.run();
    outputShutDown = true;
  }

  @Override
  public void close() {
    closed = true;
  }
}
