package io.windhover.rpc.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.Method;
import io.windhover.rpc.Service;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.rpc.server.InProcess;
import io.windhover.thrift.ObjectBudget;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RawMessagesTest {

  @Test
  void areWrittenAndReadAsTheyAre() {
    try (var buffer = new LinkBuffer()) {
      RawMessages.CODEC.write(new byte[] {8, 1}, buffer);

      assertThat(buffer.size()).isEqualTo(2);
      assertThat(RawMessages.CODEC.read(buffer, ObjectBudget.OF_ONE_MESSAGE)).containsExactly(8, 1);
      assertThat(buffer.size()).isZero();
    }
  }

  @Test
  void areTakenAndReturnedByAMethod() {
    var check = RawMessages.method("Check", Method.Kind.UNARY);
    var service =
        new Service("Health", List.of(MessageCall.operation(check, _ -> new byte[] {8, 1})));

    assertThat(MessageCall.call(InProcess.of(service), "Health", check, new byte[0]))
        .containsExactly(8, 1);
  }
}
