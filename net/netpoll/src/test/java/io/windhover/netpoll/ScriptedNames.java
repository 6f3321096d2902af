package io.windhover.netpoll;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// A resolver that knows what its test says.
final class ScriptedNames {

  final List<String> asked = new CopyOnWriteArrayList<>();
  private final Map<String, LookUps.Resolver> answers = new ConcurrentHashMap<>();

  void put(String host, String... addresses) {
    var answer = Stream.of(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    put(host, _ -> answer);
  }

  void put(String host, LookUps.Resolver answer) {
    answers.put(host, answer);
  }

  InetAddress[] resolve(String host) throws UnknownHostException {
    asked.add(host);
    return answers.getOrDefault(host, ScriptedNames::unknown).resolve(host);
  }

  private static InetAddress[] unknown(String host) throws UnknownHostException {
    throw new UnknownHostException(host + ": Name or service not known"); // as the JDK says it
  }
}
