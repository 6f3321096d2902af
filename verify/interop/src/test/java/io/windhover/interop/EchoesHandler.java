package io.windhover.interop;

import io.windhover.interop.echoes.Failure;
import io.windhover.interop.echoes.Nothing;
import io.windhover.interop.echoes.Order;
import io.windhover.interop.echoes.Text;
import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.Invocation;
import java.util.Map;

/// The service of echoes.proto.
final class EchoesHandler implements Echoes {

  @Override
  public Order echoOrder(Order request) {
    return request;
  }

  @Override
  public Nothing nop(Nothing request) {
    return request;
  }

  @Override
  public Text grow(Order request) {
    return text("x".repeat((int) request.getId()));
  }

  @Override
  public Text fail(Failure failure) {
    throw switch (failure.getKind()) {
      case "number" -> new ApplicationException(failure.getCode(), failure.getText());
      case "business" ->
          new BusinessException(
              failure.getCode(), failure.getText(), Map.of("by", CallsHandler.NAME));
      default -> new IllegalStateException(failure.getText());
    };
  }

  @Override
  public Text tell(Text key) {
    var invocation = Invocation.current().orElseThrow();
    invocation.replyMetadata().put("ANSWERED", CallsHandler.NAME);
    return text(invocation.metadata().transientValues().getOrDefault(key.getText(), ""));
  }

  private static Text text(String text) {
    return Text.newBuilder().setText(text).build();
  }
}
