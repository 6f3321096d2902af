package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DestinationTest {

  private static final InetSocketAddress NAMED = InetSocketAddress.createUnresolved("db", 80);

  private static Destination of(Stream<String> answers) {
    return Destination.of(NAMED, answers.map(InetAddress::ofLiteral).toArray(InetAddress[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "10.0.0.2 10.0.0.1, 10.0.0.2 10.0.0.1",
    "2001:db8::1 10.0.0.1, 2001:db8::1 10.0.0.1",
    "10.0.0.1 2001:db8::1, 10.0.0.1 2001:db8::1",
    "2001:db8::1 2001:db8::2 10.0.0.1 10.0.0.2, 2001:db8::1 10.0.0.1 2001:db8::2 10.0.0.2",
    "10.0.0.1 10.0.0.2 10.0.0.3 2001:db8::1, 10.0.0.1 2001:db8::1 10.0.0.2 10.0.0.3",
    "10.0.0.1 2001:db8::1 2001:db8::2 2001:db8::3, 10.0.0.1 2001:db8::1 2001:db8::2 2001:db8::3",
    "10.0.0.1 10.0.0.1 10.0.0.2, 10.0.0.1 10.0.0.2"
  })
  void letsTheFamiliesTakeTurns(String answers, String tried) {
    assertThat(of(Stream.of(answers.split(" "))).addresses())
        .isEqualTo(
            Stream.of(tried.split(" "))
                .map(text -> new InetSocketAddress(InetAddress.ofLiteral(text), 80))
                .toList());
  }

  @Test
  void triesNoMoreThanSixteen() {
    var many =
        IntStream.rangeClosed(1, 20)
            .boxed()
            .flatMap(i -> Stream.of("10.0.0." + i, "2001:db8::" + i));

    assertThat(of(many).addresses())
        .hasSize(16)
        .endsWith(new InetSocketAddress(InetAddress.ofLiteral("2001:db8::8"), 80));
  }

  @Test
  void takesAnAddressAsItIs() {
    var unix = UnixDomainSocketAddress.of("/run/db");

    assertThat(Destination.of(unix).addresses()).containsExactly(unix);
    assertThat(Destination.of(unix).name()).isNull();
  }

  @Test
  void writesAddressesWithoutTheirName() throws Exception {
    var localhost = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});

    assertThat(Destination.text(new InetSocketAddress(localhost, 80))).isEqualTo("127.0.0.1:80");
    assertThat(Destination.text(new InetSocketAddress(InetAddress.ofLiteral("::1"), 80)))
        .isEqualTo("[0:0:0:0:0:0:0:1]:80");
    assertThat(Destination.text(UnixDomainSocketAddress.of("/run/db"))).isEqualTo("/run/db");
  }
}
