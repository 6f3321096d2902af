package io.windhover.rpc.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;

final class AddressTextTest {

  @Test
  void showsTheHostAsItWasGiven() throws Exception {
    byte[] ip = {10, 0, 0, 7};

    assertThat(AddressText.of(InetSocketAddress.createUnresolved("db.test", 80)))
        .isEqualTo("db.test:80");
    assertThat(AddressText.of(new InetSocketAddress(InetAddress.getByAddress("db", ip), 80)))
        .isEqualTo("db:80");
    assertThat(AddressText.of(new InetSocketAddress(InetAddress.getByAddress(ip), 80)))
        .isEqualTo("10.0.0.7:80");
    assertThat(AddressText.of(UnixDomainSocketAddress.of("/run/db"))).isEqualTo("/run/db");
  }
}
