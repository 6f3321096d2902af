package io.windhover.netpoll;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class EpollConnectionTest extends ConnectionContractTest {

  @Override
  Poller.Starter starter() {
    return Backend.EPOLL.starter(0);
  }
}
