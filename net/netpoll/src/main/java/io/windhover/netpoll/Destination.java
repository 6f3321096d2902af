package io.windhover.netpoll;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Where a dial goes: the addresses to try, in this order.
///
/// @param name `host:port` if it is a name that has been looked up, otherwise null
/// @param addresses one at least
record Destination(@Nullable String name, List<SocketAddress> addresses) {

  /// More addresses than anybody waits for; a bound on what a name can make a dial do.
  static final int MAX_ADDRESSES = 16;

  Destination {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("no address");
    }
  }

  static Destination of(SocketAddress address) {
    return new Destination(null, List.of(address));
  }

  /// The families take turns, beginning with the first answer's (RFC 8305, section 4): if one of
  /// them does not work here, every second attempt still may.
  ///
  /// @param named what was looked up
  /// @param answers one at least, the preferred ones first
  static Destination of(InetSocketAddress named, InetAddress... answers) {
    Predicate<InetAddress> isOfFirstFamily =
        answer -> answer instanceof Inet6Address == answers[0] instanceof Inet6Address;
    var distinct = new LinkedHashSet<>(Arrays.asList(answers));
    var first = new ArrayDeque<>(distinct.stream().filter(isOfFirstFamily).toList());
    var second = new ArrayDeque<>(distinct.stream().filter(isOfFirstFamily.negate()).toList());
    var addresses = new ArrayList<SocketAddress>();
    while (addresses.size() < Math.min(distinct.size(), MAX_ADDRESSES)) {
      for (var family : List.of(first, second)) {
        var answer = family.poll();
        if (answer != null) {
          addresses.add(new InetSocketAddress(answer, named.getPort()));
        }
      }
    }
    return new Destination(named.getHostString() + ":" + named.getPort(), addresses);
  }

  /// Returns an address as it is written, without the name it was found by.
  static String text(SocketAddress address) {
    if (!(address instanceof InetSocketAddress tcp) || tcp.isUnresolved()) {
      return address.toString();
    }
    var host = tcp.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]:" : host + ":") + tcp.getPort();
  }
}
