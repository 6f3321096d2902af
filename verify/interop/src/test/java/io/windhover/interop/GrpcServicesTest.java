package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.windhover.rpc.grpc.GrpcHealth;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What each server of gRPC is asked beside its own services: health, by grpc-java, and reflection,
/// by grpcurl.
final class GrpcServicesTest {

  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    server = GrpcSuiteServer.start();
    channel =
        Grpc.newChannelBuilderForAddress(
                "127.0.0.1", server.port(), InsecureChannelCredentials.create())
            .build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.stop();
  }

  private String address() {
    return Kitex.text((InetSocketAddress) server.address());
  }

  private ServingStatus check(String service) {
    var request = HealthCheckRequest.newBuilder().setService(service).build();
    return HealthGrpc.newBlockingStub(channel).check(request).getStatus();
  }

  @Test
  void grpcJavaChecksOurHealth() {
    assertThat(check("")).isEqualTo(ServingStatus.SERVING);
    assertThat(check(GrpcSuite.SERVICE)).isEqualTo(ServingStatus.SERVING);
    var unknown = catchThrowableOfType(StatusRuntimeException.class, () -> check("nobody"));
    assertThat(unknown.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void grpcJavaWatchesOurHealthUntilWeStop() {
    var request = HealthCheckRequest.getDefaultInstance();
    var watching = HealthGrpc.newBlockingStub(channel).watch(request);
    assertThat(watching.next().getStatus()).isEqualTo(ServingStatus.SERVING);

    server.stop();

    assertThat(watching.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    var end = catchThrowableOfType(StatusRuntimeException.class, watching::hasNext);
    assertThat(end.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
  }

  @Test
  void grpcurlFindsOurServicesByReflection() {
    var go = GrpcGo.orAbort();

    assertThat(go.grpcurl(address(), "list").lines())
        .contains(GrpcSuite.SERVICE, GrpcHealth.FULL_NAME, "grpc.reflection.v1.ServerReflection");
    assertThat(go.grpcurl(address(), "list", GrpcSuite.SERVICE).lines())
        .contains(GrpcSuite.SERVICE + ".FullDuplexCall");
    assertThat(go.grpcurl(address(), "describe", GrpcSuite.SERVICE))
        .contains("rpc UnaryCall ( .grpc.testing.SimpleRequest )");
    assertThat(go.grpcurl(address(), "describe", "grpc.testing.SimpleRequest"))
        .contains("int32 response_size = 2;");
  }

  @Test
  void grpcurlCallsUsByReflection() {
    var method = GrpcSuite.SERVICE + "/UnaryCall";

    assertThat(GrpcGo.orAbort().grpcurl("-d", "{\"responseSize\": 3}", address(), method))
        .contains("\"body\": \"AAAA\"");
  }

  @Test
  void grpcurlAsksForOurHealthByReflection() {
    var go = GrpcGo.orAbort();
    var service = "{\"service\": \"" + GrpcSuite.SERVICE + "\"}";

    assertThat(go.grpcurl("-d", service, address(), GrpcHealth.FULL_NAME + "/Check"))
        .contains("\"status\": \"SERVING\"");
    assertThat(go.grpcurl(address(), GrpcHealth.FULL_NAME + "/List"))
        .containsSubsequence("\"" + GrpcSuite.SERVICE + "\": {", "\"status\": \"SERVING\"");
  }

  @Test
  void grpcurlStreamsByReflection() {
    var go = GrpcGo.orAbort();
    var twoResponses = "{\"responseParameters\": [{\"size\": 3}, {\"size\": 6}]}";
    var oneResponse = "{\"responseParameters\": [{\"size\": 9}]}";
    var threeBytes = "{\"payload\": {\"body\": \"AAAA\"}}";

    assertThat(stream(go, "StreamingOutputCall", twoResponses))
        .containsSubsequence("\"body\": \"AAAA\"", "\"body\": \"AAAAAAAA\"");
    assertThat(stream(go, "StreamingInputCall", threeBytes + threeBytes))
        .contains("\"aggregated_payload_size\": 6"); // protobuf-java does not know names of JSON
    assertThat(stream(go, "FullDuplexCall", oneResponse + twoResponses))
        .containsSubsequence("\"AAAAAAAAAAAA\"", "\"AAAA\"", "\"AAAAAAAA\"");
  }

  private String stream(GrpcGo go, String method, String messages) {
    return go.grpcurl("-d", messages, address(), GrpcSuite.SERVICE + "/" + method);
  }
}
