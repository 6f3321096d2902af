package io.windhover.netpoll;

import java.net.SocketAddress;

/// A listener whose connections go to all pollers of a group. Who has closed it knows of each that
/// it has accepted.
///
/// @param awaitOpened waits until those have been opened
record GroupListener(Listener listener, Runnable awaitOpened) implements Listener {

  @Override
  public SocketAddress address() {
    return listener.address();
  }

  @Override
  public void close() {
    listener.close();
    awaitOpened.run();
  }
}
