package io.windhover.examples.grpcjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.windhover.examples.readme.HelloRequest;
import io.windhover.examples.readme.HelloResponse;
import io.windhover.examples.readme.HelloService;
import io.windhover.examples.streams.Note;
import io.windhover.examples.streams.Notes;
import io.windhover.examples.streams.Pattern;
import io.windhover.examples.streams.Summary;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.grpc.GrpcClientTransport;
import io.windhover.rpc.grpc.GrpcCode;
import io.windhover.rpc.grpc.GrpcStatus;
import io.windhover.rpc.grpc.GrpcTransport;
import io.windhover.rpc.testing.RpcExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the guide from grpc-java shows, at work.
@Timeout(60)
final class ComingFromGrpcJavaTest {
  private static final Path GUIDE = Path.of("..", "docs", "guides", "coming-from-grpc-java.md");
  private static final Path HERE =
      Path.of("src", "test", "java", "io", "windhover", "examples", "grpcjava");

  private static final AtomicReference<String> TOKEN = new AtomicReference<>();
  private static final AtomicReference<String> RETRY_AFTER = new AtomicReference<>();

  private static final BearerToken SIGNING = new BearerToken(TOKEN::get);
  private static final Authentication AUTHENTICATION = new Authentication(Map.of("t0k3n", "ada"));

  private static final Middleware TRAILERS =
      next ->
          (call, request) -> {
            try {
              return next.call(call, request);
            } catch (RpcException e) {
              call.replyMetadata().get("x-retry-after").ifPresent(RETRY_AFTER::set);
              throw e;
            }
          };

  @RegisterExtension
  static final RpcExtension rpc =
      RpcExtension.serving(
              HelloService.serve(ComingFromGrpcJavaTest::hello), Notes.serve(new UserNotes()))
          .server(
              server ->
                  server
                      .transport(GrpcTransport.create())
                      .middleware(AUTHENTICATION)
                      .streamMiddleware(AUTHENTICATION))
          .client(
              client ->
                  client
                      .transport(GrpcClientTransport.create())
                      .timeout(Duration.ofSeconds(30))
                      .middleware(TRAILERS)
                      .middleware(SIGNING)
                      .streamMiddleware(SIGNING));

  private static HelloResponse hello(HelloRequest request) {
    if (request.name().isEmpty()) {
      Invocation.current().orElseThrow().replyMetadata().put("x-retry-after", "7");
      throw Reasons.refusal("OUT_OF_STOCK");
    }
    return new HelloResponse().message("hello, " + Authentication.USER.get());
  }

  /// Answers with the user's name.
  private static final class UserNotes implements Notes {
    @Override
    public Summary upload(StreamReceiver<Note> in) {
      return new Summary();
    }

    @Override
    public void find(Pattern pattern, StreamSender<Note> out) {
      out.send(new Note().text(Authentication.USER.get()));
    }

    @Override
    public void chat(StreamReceiver<Note> in, StreamSender<Note> out) {}

    @Override
    public int count() {
      return 0;
    }
  }

  private static String find(Client client) {
    try (var found = Notes.on(client).find(new Pattern().word("tea"))) {
      return found.receive().orElseThrow().text();
    }
  }

  @Test
  void handlersKnowWhoCalls(Client client) throws Exception {
    TOKEN.set("t0k3n");

    var greeting = HelloService.on(client).hello(new HelloRequest().name("you")).message();

    assertThat(greeting).isEqualTo("hello, ada");
    assertThat(find(client)).isEqualTo("ada");
  }

  @Test
  void strangersAreRefused(Client client) {
    TOKEN.set("guessed");

    assertThat(code(() -> HelloService.on(client).hello(new HelloRequest().name("you"))))
        .isEqualTo(GrpcCode.UNAUTHENTICATED);
    assertThat(code(() -> find(client))).isEqualTo(GrpcCode.UNAUTHENTICATED);
  }

  private static GrpcCode code(ThrowingCallable call) {
    var failure = catchThrowableOfType(RpcException.class, call);
    return GrpcStatus.of(failure).orElseThrow().code();
  }

  @Test
  void errorsHaveDetailsAndTrailers(Client client) throws Exception {
    TOKEN.set("t0k3n");

    var failure =
        catchThrowableOfType(
            RpcException.class, () -> HelloService.on(client).hello(new HelloRequest().name("")));

    assertThat(Reasons.reason(failure)).contains("OUT_OF_STOCK");
    assertThat(RETRY_AFTER.get()).isEqualTo("7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BearerToken", "Authentication"})
  void isWhatTheGuideShows(String type) throws IOException {
    var source = Files.readString(HERE.resolve(type + ".java"));

    assertThat(Files.readString(GUIDE)).contains(source.substring(source.indexOf("record ")));
  }

  @Test
  void guideShowsTheDetails() throws IOException {
    var source = Files.readString(HERE.resolve("Reasons.java"));
    var methods = source.substring(source.indexOf("  static GrpcException"), source.length() - 2);

    assertThat(Files.readString(GUIDE)).contains(methods.stripTrailing().stripIndent());
  }
}
