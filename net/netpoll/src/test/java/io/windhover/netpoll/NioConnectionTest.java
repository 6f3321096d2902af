package io.windhover.netpoll;

final class NioConnectionTest extends ConnectionContractTest {

  @Override
  Poller.Starter starter() {
    return Backend.NIO.starter(0);
  }
}
