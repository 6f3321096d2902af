package io.windhover.netpoll;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class EpollNameTest extends NameContractTest {

  @Override
  Poller.Starter starter() {
    return Backend.EPOLL.starter(0);
  }
}
