package io.windhover.rpc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Caller;
import io.windhover.rpc.Method;
import io.windhover.rpc.Service;
import io.windhover.rpc.server.InProcess;
import io.windhover.thrift.ObjectBudget;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class MessageCallTest {

  private static final MessageCodec<String> TEXT =
      new MessageCodec<>() {
        @Override
        public String read(LinkBuffer in, ObjectBudget objects) {
          return in.readUtf8(in.size());
        }

        @Override
        public void write(String message, LinkBuffer out) {
          out.writeUtf8(message);
        }
      };

  private static final Method<MessageCall<String, String>> ECHO =
      new Method<>("Echo", false, new MessageCall<>(TEXT, TEXT));

  private static String call(Caller caller, String text) {
    return MessageCall.call(caller, "Texts", ECHO, text);
  }

  private static Service serve(UnaryOperator<String> handler) {
    return new Service("Texts", List.of(MessageCall.operation(ECHO, handler)));
  }

  @Test
  void callsWithTheMessageItself() {
    Caller caller = (service, method, request) -> service + "/" + method.name() + "/" + request;

    assertThat(call(caller, "hi")).isEqualTo("Texts/Echo/hi");
  }

  @Test
  void runsAHandlerOfMessages() {
    var operation = serve(text -> text + "!").operations().getFirst();

    assertThat(operation.method()).isSameAs(ECHO);
    assertThat(call(InProcess.of(serve(text -> text + "!")), "hi")).isEqualTo("hi!");
  }

  @Test
  @SuppressWarnings("NullAway") // what is tested
  void refusesNothing() {
    Caller caller = (service, method, request) -> request;

    assertThatThrownBy(() -> call(caller, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("request");
    assertThatThrownBy(() -> serve(null)).isInstanceOf(NullPointerException.class);
  }
}
