package io.windhover.interop;

import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptors;
import io.grpc.Status.Code;
import io.grpc.TlsServerCredentials;
import io.grpc.internal.GrpcUtil;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.grpc.testing.TlsTesting;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.SimpleResponse;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.grpc.testing.integration.TestServiceClient;
import io.grpc.testing.integration.TestServiceImpl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/// grpc-java in this JVM, with its own interop suite as client and as server.
final class GrpcJava {
  static final String NAME =
      "grpc-java " + GrpcUtil.getGrpcBuildVersion().getImplementationVersion();

  /// All that need no other servers: not those of Google's credentials, nor those of load reports
  /// (ORCA) and of name resolution.
  private static final List<String> CASES =
      List.of(
          "empty_unary",
          "cacheable_unary",
          "large_unary",
          "client_compressed_unary",
          "client_compressed_unary_noprobe",
          "server_compressed_unary",
          "client_streaming",
          "client_compressed_streaming",
          "client_compressed_streaming_noprobe",
          "server_streaming",
          "server_compressed_streaming",
          "ping_pong",
          "empty_stream",
          "custom_metadata",
          "status_code_and_message",
          "special_status_message",
          "unimplemented_method",
          "unimplemented_service",
          "cancel_after_begin",
          "cancel_after_first_response",
          "timeout_on_sleeping_server",
          "very_large_request",
          "rpc_soak",
          "channel_soak");

  private GrpcJava() {}

  /// Runs the suite's client, and what it leaves out.
  static List<Outcome> runSuite(InetSocketAddress server) {
    var outcomes = new ArrayList<Outcome>();
    for (var name : CASES) {
      outcomes.add(run(name, server, "--use_tls=false"));
    }
    outcomes.addAll(GrpcJavaClient.call(server));
    return outcomes;
  }

  /// Runs some of the suite's client over TLS.
  static List<Outcome> runSecured(InetSocketAddress server) {
    return CASES.stream()
        .filter(GrpcSuite.SECURED_CASES::contains)
        .map(
            name ->
                run(
                    name,
                    server,
                    "--use_tls=true",
                    "--use_test_ca=true",
                    "--server_host_override=" + SuiteTls.SERVER_NAME))
        .toList();
  }

  private static Outcome run(String name, InetSocketAddress server, String... more) {
    var arguments = new ArrayList<>(List.of(more));
    arguments.add("--server_host=" + server.getHostString());
    arguments.add("--server_port=" + server.getPort());
    arguments.add("--soak_iterations=20");
    arguments.add("--soak_per_iteration_max_acceptable_latency_ms=5000");
    arguments.add("--soak_overall_timeout_seconds=60");
    arguments.add("--test_case=" + name);
    try {
      TestServiceClient.main(arguments.toArray(String[]::new));
      return new Outcome(name, true, "");
    } catch (Exception | AssertionError e) {
      return new Outcome(name, false, e.toString());
    }
  }

  /// The suite's server, on a port that the kernel chooses.
  static final class SuiteServer implements AutoCloseable {
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final Server server;

    SuiteServer() throws IOException {
      this(InsecureServerCredentials.create());
    }

    private SuiteServer(ServerCredentials credentials) throws IOException {
      server =
          Grpc.newServerBuilderForPort(0, credentials)
              .addService(
                  ServerInterceptors.intercept(new Suite(executor), TestServiceImpl.interceptors()))
              .maxInboundMessageSize(GrpcSuiteServer.MAX_MESSAGE_BYTES)
              .build()
              .start();
    }

    /// One with TLS, that asks clients for certificates.
    static SuiteServer secured() throws IOException {
      return new SuiteServer(
          TlsServerCredentials.newBuilder()
              .keyManager(TlsTesting.loadCert("server1.pem"), TlsTesting.loadCert("server1.key"))
              .trustManager(TlsTesting.loadCert("ca.pem"))
              .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
              .build());
    }

    InetSocketAddress address() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    }

    @Override
    public void close() {
      server.shutdownNow();
      executor.shutdownNow();
    }
  }

  /// The suite's own, with what [GrpcSuiteServer] adds.
  private static final class Suite extends TestServiceImpl {
    private final AtomicReference<String> ending = new AtomicReference<>("");

    Suite(ScheduledExecutorService executor) {
      super(executor);
    }

    @Override
    public void unaryCall(SimpleRequest request, StreamObserver<SimpleResponse> out) {
      if (request.getResponseStatus().getCode() == Code.FAILED_PRECONDITION.value()) {
        var message = request.getResponseStatus().getMessage();
        out.onError(StatusProto.toStatusRuntimeException(GrpcSuite.details(message)));
      } else if (request.getFillUsername()) {
        long left = Context.current().getDeadline().timeRemaining(TimeUnit.MILLISECONDS);
        answer(SimpleResponse.newBuilder().setUsername("" + left), out);
      } else if (request.getFillOauthScope()) {
        answer(SimpleResponse.newBuilder().setOauthScope(ending.getAndSet("")), out);
      } else {
        super.unaryCall(request, out);
      }
    }

    private static void answer(SimpleResponse.Builder response, StreamObserver<SimpleResponse> to) {
      to.onNext(response.build());
      to.onCompleted();
    }

    @Override
    public StreamObserver<StreamingOutputCallRequest> fullDuplexCall(
        StreamObserver<StreamingOutputCallResponse> out) {
      Context.current().addListener(this::ended, Runnable::run);
      return super.fullDuplexCall(out);
    }

    /// The context of each call is cancelled at its end, too, and of a late one.
    private void ended(Context context) {
      boolean isLate = context.cancellationCause() instanceof TimeoutException;
      if (context.cancellationCause() != null && !isLate) {
        ending.set("cancelled");
      }
    }
  }
}
