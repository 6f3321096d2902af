package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WarmUpTest {

  private static final InetSocketAddress DB = InetSocketAddress.createUnresolved("db.test", 8888);

  @Test
  void namesTheAddressAsItWasGiven() {
    var refused = new ConnectException("Connection refused");

    assertThat(new WarmUp(DB, 2, 2, Optional.empty()))
        .hasToString("2 of 2 connections to db.test:8888");
    assertThat(new WarmUp(DB, 2, 1, Optional.of(refused)))
        .hasToString("1 of 2 connections to db.test:8888: Connection refused");
  }

  @Test
  void throwsWhatItSays() {
    assertThatThrownBy(() -> new WarmUp(DB, 2, 1, Optional.empty()).orThrow())
        .isInstanceOf(IOException.class)
        .hasMessage("1 of 2 connections to db.test:8888: not in time");
  }
}
