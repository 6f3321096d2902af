package io.windhover.interop;

import io.windhover.rpc.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// One pairing of the table: who calls whom, and how.
///
/// @param caller name and version of the client
/// @param server name and version of the server
/// @param run runs all scenarios
record Column(String caller, String server, Protocol protocol, Supplier<List<Outcome>> run) {

  /// Runs all scenarios; one whose detail is not as it has to be has failed.
  List<Outcome> outcomes() {
    return run.get().stream().map(this::judge).toList();
  }

  @Override
  public String toString() {
    return "%-16s -> %-16s  %s".formatted(caller, server, transport(protocol));
  }

  /// The name of a protocol in the Kitex programs.
  static String transport(Protocol protocol) {
    return switch (protocol) {
      case BUFFERED -> "buffered";
      case FRAMED -> "framed";
      case TTHEADER -> "ttheader";
      case TTHEADER_FRAMED -> "ttheader-framed";
    };
  }

  private Outcome judge(Outcome outcome) {
    var wanted = detail(outcome.scenario());
    if (!outcome.ok() || wanted.isEmpty() || wanted.get().equals(outcome.detail())) {
      return outcome;
    }
    return new Outcome(
        outcome.scenario(),
        false,
        "got \"%s\", want \"%s\"".formatted(outcome.detail(), wanted.get()));
  }

  /// What a scenario has to find with this server, where servers and protocols differ.
  private Optional<String> detail(String scenario) {
    return switch (scenario) {
      case "newer client, older server" ->
          Optional.of(server.startsWith("kitex") ? "newer fields dropped" : "newer fields kept");
      case "timeout seen by the server" -> Optional.of(isTTHeader() ? "told" : "not told");
      case "method name of two services" -> Optional.of(methodOfTwoServices());
      default -> Optional.empty();
    };
  }

  private String methodOfTwoServices() {
    if (isTTHeader()) {
      return "Interop, Second";
    }
    return server.startsWith("windhover") ? "refused" : "Interop, Interop";
  }

  private boolean isTTHeader() {
    return switch (protocol) {
      case TTHEADER, TTHEADER_FRAMED -> true;
      case BUFFERED, FRAMED -> false;
    };
  }
}
