package io.windhover.netpoll;

final class NioNameTest extends NameContractTest {

  @Override
  Poller.Starter starter() {
    return Backend.NIO.starter(0);
  }
}
