package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CompressorRegistry;
import io.grpc.DecompressorRegistry;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.StreamObserver;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.SimpleResponse;
import io.grpc.testing.integration.TestServiceGrpc;
import io.windhover.rpc.Service;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.grpc.GrpcClientOptions;
import io.windhover.rpc.grpc.GrpcClientTransport;
import io.windhover.rpc.grpc.GrpcOptions;
import io.windhover.rpc.grpc.GrpcTransport;
import io.windhover.rpc.server.Server;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Messages in zstd between grpc-java and us.
final class ZstdTest {
  private static final int BYTES = 100_000;
  private static final SimpleRequest REQUEST =
      SimpleRequest.newBuilder().setPayload(GrpcSuite.zeros(BYTES)).build();

  private final Zstd atClient = new Zstd();
  private final Zstd atServer = new Zstd();

  private static SimpleResponse answer(SimpleRequest request) {
    return SimpleResponse.newBuilder().setPayload(request.getPayload()).build();
  }

  @Test
  void grpcJavaCallsUs() throws Exception {
    var options = GrpcOptions.DEFAULT.withEncoding(atServer).withCompression(true);
    var operation = MessageCall.operation(GrpcSuite.UNARY_CALL, ZstdTest::answer);
    try (var server =
        Server.builder()
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .transport(GrpcTransport.create(options))
            .service(new Service(GrpcSuite.SERVICE, List.of(operation)))
            .start()) {
      var channel =
          Grpc.newChannelBuilderForAddress(
                  "127.0.0.1", server.port(), InsecureChannelCredentials.create())
              .compressorRegistry(compressors(atClient))
              .decompressorRegistry(decompressors(atClient))
              .build();
      try {
        var stub = TestServiceGrpc.newBlockingStub(channel).withCompression("zstd");

        assertThat(stub.unaryCall(REQUEST)).isEqualTo(answer(REQUEST));
      } finally {
        channel.shutdownNow();
      }
    }
    checkThatAllWasCompressed();
  }

  @Test
  void weCallGrpcJava() throws Exception {
    var server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(new Echo())
            .intercept(new Compressing())
            .compressorRegistry(compressors(atServer))
            .decompressorRegistry(decompressors(atServer))
            .build()
            .start();
    var options = GrpcClientOptions.DEFAULT.withEncoding(atClient).withCompression(true);
    try (var client =
        Client.builder("127.0.0.1:" + server.getPort())
            .transport(GrpcClientTransport.create(options))
            .timeout(Duration.ofSeconds(20))
            .build()) {
      var reply = MessageCall.call(client, GrpcSuite.SERVICE, GrpcSuite.UNARY_CALL, REQUEST);

      assertThat(reply).isEqualTo(answer(REQUEST));
    } finally {
      server.shutdownNow();
    }
    checkThatAllWasCompressed();
  }

  private void checkThatAllWasCompressed() {
    for (var side : List.of(atClient, atServer)) {
      assertThat(side.written).hasValue(1);
      assertThat(side.read).hasValue(1);
    }
  }

  private static CompressorRegistry compressors(Zstd zstd) {
    var registry = CompressorRegistry.newEmptyInstance();
    registry.register(zstd);
    return registry;
  }

  private static DecompressorRegistry decompressors(Zstd zstd) {
    return DecompressorRegistry.emptyInstance().with(zstd, true);
  }

  private static final class Echo extends TestServiceGrpc.TestServiceImplBase {
    @Override
    public void unaryCall(SimpleRequest request, StreamObserver<SimpleResponse> out) {
      out.onNext(answer(request));
      out.onCompleted();
    }
  }

  private static final class Compressing implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      call.setCompression("zstd");
      return next.startCall(call, headers);
    }
  }
}
