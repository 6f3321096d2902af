package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Caller;
import io.windhover.rpc.Method;
import io.windhover.rpc.Service;
import io.windhover.thrift.Binary;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.BinaryWriter;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.call.Result;
import io.windhover.thrift.call.Signature;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Stubs and skeletons, joined through the bytes of the messages.
final class ServiceTest {
  private static final String PACKAGE = "com.example.everything.";
  private static final byte[] STOP = {0}; // a struct without fields

  private static final Generated GENERATED = Everything.GENERATED;

  private final List<String> calls = new ArrayList<>();

  @Test
  void argumentsAndResultsTravel() {
    assertThat(call("sum", (proxy, method, arguments) -> 6L + (int) arguments[1], List.of(1L), 4))
        .isEqualTo(10L);
    assertThat(call("flag", (proxy, method, arguments) -> arguments[0], true)).isEqualTo(true);
    assertThat(
            call(
                "text",
                (proxy, method, arguments) ->
                    String.join("", List.of(arguments).toArray(String[]::new)),
                "a",
                "b",
                "c",
                "d",
                "e"))
        .isEqualTo("abcde");
    assertThat(
            call(
                "bytes",
                (proxy, method, arguments) -> arguments[1],
                Binary.EMPTY,
                Binary.of(new byte[3])))
        .isEqualTo(Binary.of(new byte[3]));
    assertThat(call("shapes", (proxy, method, arguments) -> List.of(arguments[0]), Map.of()))
        .isEqualTo(List.of(Map.of()));
    assertThat(call("getUserCount", (proxy, method, arguments) -> 0)).isEqualTo(0);
    assertThat(calls)
        .containsExactly(
            "Everything/sum",
            "Everything/flag",
            "Everything/text",
            "Everything/bytes",
            "Everything/shapes",
            "Everything/get_user_count");
  }

  @Test
  void nullIsRefusedByName() {
    for (var name : List.of("Everything", "Heir")) {
      var type = GENERATED.type(PACKAGE + name);
      assertThatThrownBy(() -> Struct.callStatic(type, "on", (Object) null))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("caller");
      assertThatThrownBy(() -> Struct.callStatic(type, "serve", (Object) null))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("handler");
    }
  }

  @Test
  void aMethodMayReturnNothing() {
    assertThat(call("nothing", (proxy, method, arguments) -> null)).isNull();
    assertThat(call("tell", (proxy, method, arguments) -> null, "news")).isNull();
    assertThat(calls).containsExactly("Everything/nothing", "Everything/tell");
  }

  @Test
  void declaredExceptionsTravel() {
    var failure = GENERATED.struct(PACKAGE + "Failure").set("message", "why");
    var broken = GENERATED.struct("com.example.base.Broken").set("code", 3);
    InvocationHandler fails =
        (proxy, method, arguments) -> {
          throw (Exception) failure.value();
        };
    InvocationHandler breaks =
        (proxy, method, arguments) -> {
          throw (Exception) broken.value();
        };

    assertThatThrownBy(() -> call("shapes", fails, Map.of()))
        .isEqualTo(failure.value())
        .hasMessage("why");
    assertThatThrownBy(() -> call("shapes", breaks, Map.of())).isEqualTo(broken.value());
    assertThatThrownBy(() -> call("check", breaks, GENERATED.struct(PACKAGE + "Scalars").value()))
        .isEqualTo(broken.value());
  }

  @Test
  void otherExceptionsAreLeftToTheServer() {
    InvocationHandler fails =
        (proxy, method, arguments) -> {
          throw new IllegalStateException("bug");
        };

    assertThatThrownBy(() -> call("nothing", fails)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void knowsAReplyWithoutAResult() {
    for (var name : List.of("thing", "flag")) {
      assertThat(((Result) decode(signature(name).response(), STOP)).isMissing()).isTrue();
    }
    assertThat(((Result) decode(signature("nothing").response(), STOP)).isMissing()).isFalse();
  }

  @Test
  void handlerThatReturnsNullFails() {
    assertThatThrownBy(
            () ->
                call(
                    "thing",
                    (proxy, method, arguments) -> null,
                    GENERATED.struct("plain.Thing").value()))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("the handler returned null");
  }

  @Test
  void nullArgumentsAreRefusedByName() {
    assertThatThrownBy(() -> call("thing", (proxy, method, arguments) -> null, (Object) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("thing");
  }

  @Test
  void inheritedMethodsBelongToTheDerivedService() {
    assertThat(serve("Heir", (proxy, method, arguments) -> null).operations())
        .extracting(operation -> operation.method().name())
        .startsWith("level", "reset", "nothing")
        .endsWith("aMethodWithQuiteALongName", "last")
        .hasSize(17);
    call("Heir", "reset", (proxy, method, arguments) -> null);
    call("Heir", "nothing", (proxy, method, arguments) -> null);
    assertThat(calls).containsExactly("Heir/reset", "Heir/nothing");
  }

  @Test
  void onewayMethodsSaySo() {
    var oneway =
        serve("Everything", (proxy, method, arguments) -> null).operations().stream()
            .filter(operation -> operation.method().oneway())
            .map(operation -> operation.method().name());

    assertThat(oneway).containsExactly("tell");
  }

  @Test
  void unknownArgumentsAreIgnored() {
    var arguments =
        decode(
            signature("flag").request(),
            HexFormat.of().parseHex("02000101" + "08000900000001" + "00"));

    assertThat(arguments).hasToString("Arguments[flag=true]");
  }

  @Test
  void absentArgumentsHaveTheirDefaults() {
    var got = new ArrayList<>();
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          got.addAll(List.of(arguments));
          return 1.0;
        };

    var operation =
        serve("Everything", handler).operations().stream()
            .filter(it -> it.method().name().equals("scaled"))
            .findFirst()
            .orElseThrow();
    operation.endpoint().call(null, decode(signature("scaled").request(), STOP));

    assertThat(got).containsExactly(5L, (byte) 1, (short) 2, 2.0, true);
  }

  private Signature signature(String method) {
    return serve("Everything", (proxy, handlerMethod, arguments) -> null).operations().stream()
        .filter(it -> it.method().name().equals(method))
        .map(it -> (Signature) it.method().codec())
        .findFirst()
        .orElseThrow();
  }

  private Object call(String method, InvocationHandler handler, Object... arguments) {
    return call("Everything", method, handler, arguments);
  }

  /// Calls a method through the stub, the bytes, and the skeleton.
  private Object call(
      String service, String method, InvocationHandler handler, Object... arguments) {
    var served = serve(service, handler);
    Caller caller = (name, called, request) -> transport(name, called, request, served);
    return stub(service, caller).call(method, arguments);
  }

  private static Struct stub(String service, Caller caller) {
    return new Struct(Struct.callStatic(GENERATED.type(PACKAGE + service), "on", caller));
  }

  private Service serve(String service, InvocationHandler handler) {
    var type = GENERATED.type(PACKAGE + service);
    var proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    return (Service) Struct.callStatic(type, "serve", proxy);
  }

  private Object transport(String name, Method<?> method, Object request, Service served) {
    calls.add(name + "/" + method.name());
    var operation =
        served.operations().stream()
            .filter(it -> it.method().name().equals(method.name()))
            .findFirst()
            .orElseThrow();
    var stub = (Signature) method.codec();
    var skeleton = (Signature) operation.method().codec();
    var arrived = decode(skeleton.request(), encode(stub.request(), request));
    var response = operation.endpoint().call(null, arrived);
    return decode(stub.response(), encode(skeleton.response(), response));
  }

  private static byte[] encode(StructCodec<Object> codec, Object value) {
    try (var buffer = new LinkBuffer()) {
      codec.write(value, new BinaryWriter(buffer));
      var bytes = new byte[buffer.size()];
      buffer.readBytes(bytes, 0, bytes.length);
      return bytes;
    }
  }

  private static Object decode(StructCodec<Object> codec, byte[] bytes) {
    try (var buffer = LinkBuffer.wrap(bytes)) {
      return codec.read(new BinaryReader(buffer));
    }
  }
}
