package io.windhover.netpoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The bytes are written by hand from ip(7), ipv6(7) and unix(7), for a little-endian processor, as
/// both are that there is an epoll back end for.
final class LinuxAddressTest {

  private static final String LONGEST_PATH = "/" + "a".repeat(106);

  record Sample(String name, String hex, SocketAddress value) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> bothWays() throws UnknownHostException {
    return Stream.of(
        new Sample(
            "IPv4",
            "0200 1f90 c0000201 0000000000000000",
            new InetSocketAddress(ip("c0000201"), 8080)),
        new Sample(
            "IPv4, highest port",
            "0200 ffff 7f000001 0000000000000000",
            new InetSocketAddress(ip("7f000001"), 65_535)),
        new Sample(
            "any IPv4",
            "0200 0000 00000000 0000000000000000",
            new InetSocketAddress(ip("00000000"), 0)),
        new Sample(
            "IPv6",
            "0a00 1f90 00000000 20010db8000000000000000000000001 00000000",
            new InetSocketAddress(ip("20010db8000000000000000000000001"), 8080)),
        new Sample(
            "any IPv6",
            "0a00 0000 00000000 00000000000000000000000000000000 00000000",
            new InetSocketAddress(ip("00000000000000000000000000000000"), 0)),
        new Sample(
            "IPv6 of a link",
            "0a00 1f90 00000000 fe800000000000000000000000000001 02000000",
            new InetSocketAddress(
                Inet6Address.getByAddress(null, bytes("fe800000000000000000000000000001"), 2),
                8080)),
        new Sample("path", "0100 2f746d702f73 00", UnixDomainSocketAddress.of("/tmp/s")),
        new Sample(
            "longest path",
            "0100 2f" + "61".repeat(106) + "00",
            UnixDomainSocketAddress.of(LONGEST_PATH)));
  }

  /// What only the kernel writes.
  static Stream<Sample> fromTheKernel() throws UnknownHostException {
    return Stream.of(
        new Sample(
            "IPv4 at a socket of IPv6",
            "0a00 1f90 00000000 00000000000000000000ffffc0000201 00000000",
            new InetSocketAddress(ip("c0000201"), 8080)),
        new Sample("unnamed", "0100", UnixDomainSocketAddress.of("")),
        new Sample("abstract", "0100 00 616263", UnixDomainSocketAddress.of("")),
        new Sample(
            "path that fills its room",
            "0100" + "61".repeat(108),
            UnixDomainSocketAddress.of("a".repeat(108))));
  }

  private static InetAddress ip(String hex) throws UnknownHostException {
    return InetAddress.getByAddress(bytes(hex));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  @ParameterizedTest
  @MethodSource({"bothWays", "fromTheKernel"})
  void readsWhatTheKernelWrites(Sample sample) {
    assertThat(LinuxAddress.read(MemorySegment.ofArray(bytes(sample.hex)))).isEqualTo(sample.value);
  }

  @ParameterizedTest
  @MethodSource("bothWays")
  void writesWhatTheKernelReads(Sample sample) throws SocketException {
    try (var arena = Arena.ofConfined()) {
      assertThat(LinuxAddress.write(sample.value, arena).toArray(JAVA_BYTE))
          .isEqualTo(bytes(sample.hex));
    }
  }

  @Test
  void readsTheScopeOfALink() {
    var address =
        (InetSocketAddress)
            LinuxAddress.read(
                MemorySegment.ofArray(
                    bytes("0a00 1f90 00000000 fe800000000000000000000000000001 02000000")));

    assertThat(((Inet6Address) address.getAddress()).getScopeId()).isEqualTo(2);
  }

  @Test
  void rejectsANameThatWasNotLookedUp() {
    assertThatThrownBy(
            () -> LinuxAddress.family(InetSocketAddress.createUnresolved("nowhere.invalid", 1)))
        .isInstanceOf(UnresolvedAddressException.class);
  }

  @Test
  void rejectsAPathThatIsTooLong() {
    var address = UnixDomainSocketAddress.of(LONGEST_PATH + "a");

    try (var arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> LinuxAddress.write(address, arena))
          .isInstanceOf(SocketException.class)
          .hasMessage("Unix domain path too long: 108 bytes (expected: 0..107)");
    }
  }

  @Test
  void rejectsAnAddressOfAnotherKind() {
    assertThatThrownBy(() -> LinuxAddress.family(new SocketAddress() {}))
        .isInstanceOf(UnsupportedAddressTypeException.class);
  }
}
