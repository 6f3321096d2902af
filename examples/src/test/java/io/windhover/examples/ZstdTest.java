package io.windhover.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.examples.readme.HelloRequest;
import io.windhover.examples.readme.HelloResponse;
import io.windhover.examples.readme.HelloService;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.grpc.GrpcClientOptions;
import io.windhover.rpc.grpc.GrpcClientTransport;
import io.windhover.rpc.grpc.GrpcOptions;
import io.windhover.rpc.grpc.GrpcTransport;
import io.windhover.rpc.grpc.MessageEncoding;
import io.windhover.rpc.testing.RpcExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The compression of the guide to gRPC, over the wire.
@Timeout(60)
final class ZstdTest {
  private static final Path HERE = Path.of("src", "test", "java", "io", "windhover", "examples");

  /// RFC 8878, section 3.1.1.
  private static final String MAGIC = "28b52ffd";

  private static final Arrivals AT_SERVER = new Arrivals(new Zstd());
  private static final Arrivals AT_CLIENT = new Arrivals(new Zstd());

  @RegisterExtension
  static final RpcExtension rpc =
      RpcExtension.serving(
              HelloService.serve(request -> new HelloResponse().message(request.name() + "!")))
          .server(
              server ->
                  server.transport(
                      GrpcTransport.create(
                          GrpcOptions.DEFAULT.withEncoding(AT_SERVER).withCompression(true))))
          .client(
              client ->
                  client
                      .timeout(Duration.ofSeconds(30))
                      .transport(
                          GrpcClientTransport.create(
                              GrpcClientOptions.DEFAULT
                                  .withEncoding(AT_CLIENT)
                                  .withCompression(true))));

  /// Notes with which bytes each message begins that comes.
  private record Arrivals(MessageEncoding encoding, Queue<String> heads)
      implements MessageEncoding {
    Arrivals(MessageEncoding encoding) {
      this(encoding, new ConcurrentLinkedQueue<>());
    }

    @Override
    public String name() {
      return encoding.name();
    }

    @Override
    public OutputStream compressing(OutputStream out) throws IOException {
      return encoding.compressing(out);
    }

    @Override
    public InputStream decompressing(InputStream in) throws IOException {
      var bytes = in.readAllBytes();
      heads.add(HexFormat.of().formatHex(bytes, 0, 4));
      return encoding.decompressing(new ByteArrayInputStream(bytes));
    }
  }

  @Test
  void carriesMessagesBothWays(Client client) throws Exception {
    var name = "Ada ".repeat(10_000);

    var answer = HelloService.on(client).hello(new HelloRequest().name(name)).message();

    assertThat(answer).isEqualTo(name + "!");
    assertThat(AT_SERVER.heads).containsExactly(MAGIC);
    assertThat(AT_CLIENT.heads).containsExactly(MAGIC);
  }

  @Test
  void isWhatTheGuideShows() throws IOException {
    var source = Files.readString(HERE.resolve("Zstd.java"));

    assertThat(new Page("docs/guides/grpc.md").text())
        .contains(source.substring(source.indexOf("final class")));
  }
}
