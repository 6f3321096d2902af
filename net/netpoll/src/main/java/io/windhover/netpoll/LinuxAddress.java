package io.windhover.netpoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;

/// Socket addresses as Linux has them.
///
/// ```
///   byte 0        2        4                 8                     24         28
///        +--------+--------+-----------------+
///   IPv4 | family | port   | address         |  and 8 zeros
///        +--------+--------+-----------------+---------------------+----------+
///   IPv6 | family | port   | flow            | address             | scope id |
///        +--------+--------+-----------------+---------------------+----------+
///   unix | family | path, at most 108 bytes, the last of them 0 ...
///        +--------+-----------------------------------
/// ```
///
/// Port and addresses are big-endian, the rest is as the processor has it. A unix address that ends
/// after the family is unnamed, such as a client's; one whose path begins with 0 is abstract. Java
/// has neither: both are read as the empty path. Source: ip(7), ipv6(7), unix(7).
final class LinuxAddress {

  static final int MAX_BYTES = 128; // sockaddr_storage

  private static final int IPV4_BYTES = 16;
  private static final int IPV6_BYTES = 28;
  private static final int FAMILY_BYTES = Short.BYTES;
  private static final int MAX_PATH_BYTES = 108;
  private static final int PORT_AT = 2;
  private static final int IPV4_AT = 4;
  private static final int IPV6_AT = 8;
  private static final int SCOPE_AT = 24;

  private static final ValueLayout.OfShort PORT =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private LinuxAddress() {}

  /// Returns the family of sockets that can have this address.
  ///
  /// @throws UnresolvedAddressException if it is only a name
  static int family(SocketAddress address) {
    return switch (address) {
      case UnixDomainSocketAddress _ -> Linux.AF_UNIX;
      case InetSocketAddress tcp when tcp.isUnresolved() -> throw new UnresolvedAddressException();
      case InetSocketAddress tcp ->
          tcp.getAddress() instanceof Inet6Address ? Linux.AF_INET6 : Linux.AF_INET;
      default -> throw new UnsupportedAddressTypeException();
    };
  }

  /// @return memory that is as long as the address
  /// @throws UnresolvedAddressException if it is only a name
  /// @throws SocketException if it is a path that is too long
  static MemorySegment write(SocketAddress address, Arena arena) throws SocketException {
    int family = family(address);
    var bytes =
        address instanceof InetSocketAddress tcp
            ? writeTcp(tcp, family, arena)
            : writeUnix((UnixDomainSocketAddress) address, arena);
    bytes.set(JAVA_SHORT_UNALIGNED, 0, (short) family);
    return bytes;
  }

  private static MemorySegment writeTcp(InetSocketAddress address, int family, Arena arena) {
    boolean ipv6 = family == Linux.AF_INET6;
    var bytes = arena.allocate(ipv6 ? IPV6_BYTES : IPV4_BYTES);
    bytes.set(PORT, PORT_AT, (short) address.getPort());
    bytes
        .asSlice(ipv6 ? IPV6_AT : IPV4_AT)
        .copyFrom(MemorySegment.ofArray(address.getAddress().getAddress()));
    if (address.getAddress() instanceof Inet6Address scoped) {
      bytes.set(JAVA_INT_UNALIGNED, SCOPE_AT, scoped.getScopeId());
    }
    return bytes;
  }

  private static MemorySegment writeUnix(UnixDomainSocketAddress address, SegmentAllocator memory)
      throws SocketException {
    var path = address.getPath().toString().getBytes(Defaults.FILE_NAMES);
    if (path.length >= MAX_PATH_BYTES) {
      throw new SocketException(
          "Unix domain path too long: %d bytes (expected: 0..%d)"
              .formatted(path.length, MAX_PATH_BYTES - 1));
    }
    var bytes = memory.allocate(FAMILY_BYTES + path.length + 1);
    bytes.asSlice(FAMILY_BYTES).copyFrom(MemorySegment.ofArray(path));
    return bytes;
  }

  /// @param bytes as many as the kernel says
  static SocketAddress read(MemorySegment bytes) {
    int family = bytes.get(JAVA_SHORT_UNALIGNED, 0);
    return switch (family) {
      case Linux.AF_UNIX -> readUnix(bytes.asSlice(FAMILY_BYTES).toArray(JAVA_BYTE));
      case Linux.AF_INET -> readTcp(bytes, IPV4_AT, Integer.BYTES, 0);
      case Linux.AF_INET6 ->
          readTcp(bytes, IPV6_AT, SCOPE_AT - IPV6_AT, bytes.get(JAVA_INT_UNALIGNED, SCOPE_AT));
      default -> throw new UnsupportedAddressTypeException();
    };
  }

  private static UnixDomainSocketAddress readUnix(byte[] path) {
    int length = 0;
    while (length < path.length && path[length] != 0) {
      length++;
    }
    return UnixDomainSocketAddress.of(new String(path, 0, length, Defaults.FILE_NAMES));
  }

  private static InetSocketAddress readTcp(MemorySegment bytes, int at, int size, int scope) {
    int port = Short.toUnsignedInt(bytes.get(PORT, PORT_AT));
    try {
      var address = InetAddress.getByAddress(bytes.asSlice(at, size).toArray(JAVA_BYTE));
      if (scope != 0) {
        address = Inet6Address.getByAddress(null, address.getAddress(), scope);
      }
      return new InetSocketAddress(address, port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("bytes of an address: " + size, e); // they are 4 or 16
    }
  }
}
