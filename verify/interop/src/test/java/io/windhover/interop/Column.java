package io.windhover.interop;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// One pairing of the table: who calls whom, and how.
///
/// @param theme of the scenarios
/// @param caller name and version of the client
/// @param server name and version of the server, and of those behind it
/// @param transport its name in the Kitex programs
/// @param run runs all scenarios
record Column(
    String theme, String caller, String server, String transport, Supplier<List<Outcome>> run) {

  static final String VALUES = "values";
  static final String CALLS = "calls";
  static final String CHAIN = "chain";
  static final String STREAMS = "streams";
  static final String PROTOBUF = "protobuf";
  static final String GRPC = "grpc";
  static final String STOP = "stop";
  static final String DOUBTS = "doubts";
  static final String GRPC_SUITE = "gRPC's interop suite";

  /// Runs all scenarios; one whose detail is not as it has to be has failed.
  List<Outcome> outcomes() {
    return run.get().stream().map(this::judge).toList();
  }

  @Override
  public String toString() {
    return "%-16s -> %-24s  %s".formatted(caller, server, transport);
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

  /// What a scenario has to find with these two, where peers and transports differ.
  private Optional<String> detail(String scenario) {
    return Optional.ofNullable(
        switch (scenario) {
          case "newer client, older server" ->
              server.startsWith("kitex") ? "newer fields dropped" : "newer fields kept";
          case "timeout seen by the server", "name of the caller" ->
              isTTHeader() || isGrpc() ? "told" : "not told";
          case "backward metadata", "backward metadata comes one hop" ->
              isTTHeader() ? "told" : "not told"; // Kitex' is for none else
          case "oneway" -> isGrpc() && server.startsWith("kitex") ? "refused" : null;
          case "method name of two services" ->
              isTTHeader() || isGrpc() ? "Interop, Second" : "Interop, Interop";
          case "transient metadata",
              "persistent metadata",
              "metadata of 32 callers",
              "large metadata" ->
              metadata();
          case "business error" -> isTTHeader() || isGrpc() ? "told" : "refused";
          case "business status" -> businessStatus();
          case "zero in a oneof" -> "lost"; // Kitex' codec writes none
          case "error of a handler", "handler that crashes" -> handlerError();
          case "error with a number" ->
              (isStatusOfOurs() ? "2" : "4711") + ", with its text"; // UNKNOWN
          case "unknown method" -> theme.equals(PROTOBUF) ? unknownMethod() : null;
          // a Kitex handler knows the deadline of its call, but its own calls do not
          case "the deadline goes every hop" -> server.startsWith("kitex") ? "not told" : "told";
          case "unknown method of a stream" ->
              server.startsWith("kitex") && !isGrpc() ? "no answer" : "answered";
          default -> theme.equals(CHAIN) ? "told" : null;
        });
  }

  private String metadata() {
    if (isTTHeader() || isGrpc()) {
      return "told";
    }
    return caller.startsWith("windhover") ? "refused" : "not told";
  }

  private String businessStatus() {
    if (isTTHeader() || isGrpc()) {
      return "told";
    }
    return server.startsWith("kitex") ? "lost" : "refused";
  }

  private String handlerError() {
    if (server.startsWith("kitex")) {
      return "6, with its text";
    }
    return isStatusOfOurs() ? "13" : "6"; // INTERNAL
  }

  /// Of a service that is unknown, too, if the transport tells of it.
  private String unknownMethod() {
    if (isStatusOfOurs()) {
      return "12"; // UNIMPLEMENTED
    }
    return isTTHeader() || server.startsWith("kitex") ? "20" : "1";
  }

  /// Whether Kitex' client gets a status of gRPC, which says less than an error's number.
  private boolean isStatusOfOurs() {
    return isGrpc() && caller.startsWith("kitex");
  }

  private boolean isGrpc() {
    return transport.equals("grpc");
  }

  private boolean isTTHeader() {
    return transport.startsWith("ttheader");
  }
}
