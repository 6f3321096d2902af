package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.BidiStream;
import io.windhover.rpc.ClientStream;
import io.windhover.rpc.ForwardingStream;
import io.windhover.rpc.MessageStream;
import io.windhover.rpc.Method;
import io.windhover.rpc.Service;
import io.windhover.rpc.StreamCaller;
import io.windhover.rpc.StreamReceiver;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is generated for methods of streams.
final class StreamsTest {

  /// Names that stubs and skeletons use themselves are among those of methods and arguments.
  private static final String IDL =
      """
      namespace java com.example.streams
      struct A { 1: string text }
      union B { 1: i32 number }
      service Plain { A ping(1: A a) }
      service Talks extends Plain {
        B both(1: A a) (streaming.mode = "bidirectional")
        B up(1: A service) (streaming.mode = "client")
        B down(1: A out) (streaming.mode = "server")
        B on(1: A caller) (streaming.mode = "server")
        B serve(1: A this_) (streaming.mode = "client")
        A same(1: A a) (streaming.mode = "unary")
      } (windhover.async)
      service Heir extends Talks {
        A more(1: B b) (streaming.mode = "server")
        void last()
      } (windhover.async)
      service Silent extends Heir {}
      """;

  @TempDir private static Path classes;
  private static Generated generated;

  /// Records what is opened, and what happens to it.
  private static final class Recorder implements StreamCaller {
    private final List<String> events = new ArrayList<>();

    @Override
    public Object call(String service, Method<?> method, Object request) {
      throw new AssertionError("no call is made");
    }

    @Override
    public MessageStream open(String service, Method<?> method) {
      events.add(service + "/" + method.name() + " " + method.kind());
      return new Opened(events);
    }
  }

  private static final class Opened extends ForwardingStream {
    private final List<String> events;

    Opened(List<String> events) {
      super(nothing());
      this.events = events;
    }

    @Override
    public void send(Object message) {
      events.add("send");
    }

    @Override
    public void end() {
      events.add("end");
    }

    private static MessageStream nothing() {
      return (MessageStream)
          Proxy.newProxyInstance(
              StreamsTest.class.getClassLoader(),
              new Class<?>[] {MessageStream.class},
              (proxy, method, arguments) -> {
                throw new AssertionError(method + " is not expected");
              });
    }
  }

  @BeforeAll
  static void generate() {
    generated = Generated.loadText(classes, IDL);
  }

  @Test
  void callersOpenStreams() {
    var recorder = new Recorder();
    var stub = stub("Silent", recorder);

    assertThat(call(stub, "both")).isInstanceOf(BidiStream.class);
    assertThat(call(stub, "up")).isInstanceOf(ClientStream.class);
    assertThat(call(stub, "down", Struct.create(type("A")).value()))
        .isInstanceOf(StreamReceiver.class);

    assertThat(recorder.events)
        .containsExactly(
            "Silent/both BIDI_STREAM",
            "Silent/up CLIENT_STREAM",
            "Silent/down SERVER_STREAM",
            "send",
            "end");
  }

  @Test
  void handlersGetStreams() {
    var handler = handler("Silent");
    var service = (Service) Struct.callStatic(type("Silent"), "serve", handler);

    assertThat(service.operations())
        .extracting(operation -> operation.method().name())
        .containsExactly("ping", "same", "last");
    assertThat(service.streams())
        .extracting(operation -> operation.method().name() + " " + operation.method().kind())
        .containsExactly(
            "both BIDI_STREAM",
            "up CLIENT_STREAM",
            "down SERVER_STREAM",
            "on SERVER_STREAM",
            "serve CLIENT_STREAM",
            "more SERVER_STREAM");
  }

  @Test
  void serviceWithoutStreamsHasOneInterface() {
    assertThat(stub("Plain", new Recorder())).isInstanceOf(type("Plain"));
    assertThat(type("TalksClient").getInterfaces()).containsExactly(type("Plain"));
    assertThat(type("SilentClient").getInterfaces()).containsExactly(type("HeirClient"));
    assertThatThrownBy(() -> type("PlainClient")).hasMessageContaining("PlainClient");
  }

  @Test
  void asyncInterfaceLeavesStreamsOut() {
    assertThat(type("HeirAsync").getMethods())
        .extracting(java.lang.reflect.Method::getName)
        .containsExactlyInAnyOrder("ping", "same", "last", "on");
  }

  enum Mistake {
    TAKES_A_NUMBER("A f(1: i32 a) (streaming.mode = \"server\")", "takes no struct"),
    RETURNS_A_LIST("list<A> f(1: A a) (streaming.mode = \"client\")", "returns no struct"),
    RETURNS_NOTHING("void f(1: A a) (streaming.mode = \"bidirectional\")", "returns no struct");

    final String method;
    final String message;

    Mistake(String method, String message) {
      this.method = method;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void refuses(Mistake mistake) {
    var idl = "struct A {} service S { %s }".formatted(mistake.method);
    var result = JavaGenerator.generate(Generated.compileText(idl).programs());

    assertThat(result.files()).isEmpty();
    assertThat(result.diagnostics()).hasSize(1);
    assertThat(result.diagnostics().getFirst().toString())
        .contains("method 'f' of streams " + mistake.message);
  }

  private static Class<?> type(String name) {
    return generated.type("com.example.streams." + name);
  }

  private static Object stub(String service, StreamCaller caller) {
    return Struct.callStatic(type(service), "on", caller);
  }

  private static Object call(Object stub, String method, Object... arguments) {
    return new Struct(stub).call(method, arguments);
  }

  private static Object handler(String service) {
    return Proxy.newProxyInstance(
        type(service).getClassLoader(),
        new Class<?>[] {type(service)},
        (proxy, method, arguments) -> {
          throw new AssertionError(method + " is not called");
        });
  }
}
