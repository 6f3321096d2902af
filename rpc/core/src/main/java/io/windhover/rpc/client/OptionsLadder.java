package io.windhover.rpc.client;

import io.windhover.rpc.CallOptions;
import io.windhover.rpc.log.AddressText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The options of calls, rung above rung: default, client, service, method. Those of single calls
/// come on top. Immutable once made.
final class OptionsLadder {

  private record Rung(String name, CallOptions options) {}

  private final Rung byDefault;
  private final Rung client;
  private final Map<String, Rung> services;
  private final Map<String, Rung> methods; // by Service/method

  private final CallOptions forAll;
  private final Map<String, CallOptions> forService = new HashMap<>();
  private final Map<String, Map<String, CallOptions>> forMethod = new HashMap<>();

  /// @param services by name
  /// @param methods by service, then method
  OptionsLadder(
      CallOptions byDefault,
      CallOptions client,
      Map<String, CallOptions> services,
      Map<String, Map<String, CallOptions>> methods) {
    this.byDefault = new Rung("default", byDefault);
    this.client = new Rung("client", client);
    this.services = new HashMap<>();
    this.methods = new HashMap<>();
    this.forAll = byDefault.with(client);
    services.forEach(
        (service, options) -> {
          this.services.put(service, new Rung("service " + service, options));
          forService.put(service, forAll.with(options));
        });
    methods.forEach(
        (service, ofService) ->
            ofService.forEach(
                (method, options) -> {
                  var name = service + "/" + method;
                  this.methods.put(name, new Rung("method " + name, options));
                  forMethod
                      .computeIfAbsent(service, _ -> new HashMap<>())
                      .put(method, forService.getOrDefault(service, forAll).with(options));
                }));
  }

  /// Returns what the rungs up to the client's say.
  CallOptions ofClient() {
    return forAll;
  }

  /// Returns what the rungs up to the method's say.
  CallOptions of(String service, String method) {
    if (!forMethod.isEmpty()) {
      var ofService = forMethod.get(service);
      var options = ofService == null ? null : ofService.get(method);
      if (options != null) {
        return options;
      }
    }
    return forService.isEmpty() ? forAll : forService.getOrDefault(service, forAll);
  }

  /// Returns the timeout that is set for this method itself.
  Optional<Duration> timeoutOfMethod(String service, String method) {
    var rung = methods.get(service + "/" + method);
    return rung == null ? Optional.empty() : rung.options.timeout();
  }

  /// Returns a line for each option: its value, and the rung that it comes from.
  String explain(String service, String method, CallOptions call) {
    var name = service + "/" + method;
    var rungs = new ArrayList<Rung>();
    rungs.add(new Rung("call", call));
    if (methods.containsKey(name)) {
      rungs.add(methods.get(name));
    }
    if (services.containsKey(service)) {
      rungs.add(services.get(service));
    }
    rungs.add(client);
    rungs.add(byDefault);
    var text = new StringBuilder(name).append('\n');
    for (var rung : rungs) {
      if (rung.options.timeout().isPresent()) {
        line(text, "timeout", display(rung.options.timeout().get()), rung);
        break;
      }
    }
    explainStreamTimeout(text, call, methods.get(name));
    for (var rung : rungs) {
      if (rung.options.connectTimeout().isPresent()) {
        line(text, "connectTimeout", display(rung.options.connectTimeout().get()), rung);
        break;
      }
    }
    for (var rung : rungs) {
      if (rung.options.waitForReady().isPresent()) {
        line(text, "waitForReady", rung.options.waitForReady().get().toString(), rung);
        break;
      }
    }
    for (var rung : rungs) {
      if (rung.options.address().isPresent()) {
        line(text, "address", AddressText.of(rung.options.address().get()), rung);
        break;
      }
    }
    explainMetadata(text, rungs);
    return text.toString();
  }

  /// A stream heeds the rungs that mean it alone.
  private void explainStreamTimeout(StringBuilder text, CallOptions call, @Nullable Rung method) {
    if (call.timeout().isPresent()) {
      line(text, "timeout (stream)", display(call.timeout().get()), new Rung("call", call));
    } else if (method != null && method.options.timeout().isPresent()) {
      line(text, "timeout (stream)", display(method.options.timeout().get()), method);
    } else {
      line(text, "timeout (stream)", "none", byDefault);
    }
  }

  /// Of metadata, all rungs count.
  private static void explainMetadata(StringBuilder text, List<Rung> rungs) {
    for (var rung : rungs.reversed()) {
      var metadata = rung.options.metadata();
      metadata
          .transientValues()
          .forEach((key, value) -> line(text, "metadata", key + "=" + value, rung));
      metadata
          .persistentValues()
          .forEach((key, value) -> line(text, "metadata", key + "=" + value + " (on)", rung));
    }
  }

  private static void line(StringBuilder text, String option, String value, Rung rung) {
    text.append("  %-16s %-24s %s%n".formatted(option, value, rung.name));
  }

  static String display(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
