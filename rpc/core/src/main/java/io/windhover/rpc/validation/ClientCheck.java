package io.windhover.rpc.validation;

import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.thrift.validation.Validated;
import io.windhover.thrift.validation.ValidationException;

/// Checks what a client sends, and by option what comes back.
record ClientCheck(Endpoint next, boolean checksReplies) implements Endpoint {

  @Override
  public Object call(Invocation invocation, Object request) {
    check(invocation, request, Stage.SEND, "bad request, not sent: ");
    var response = next.call(invocation, request);
    if (checksReplies && !invocation.method().oneway()) {
      check(invocation, response, Stage.READ_REPLY, "bad reply: ");
    }
    return response;
  }

  private static void check(Invocation invocation, Object message, Stage stage, String what) {
    if (!(message instanceof Validated validated)) {
      return;
    }
    try {
      validated.validate();
    } catch (ValidationException e) {
      throw RpcException.builder(Kind.INVALID, stage, what + e.getMessage())
          .calling(invocation.name())
          .at(invocation.remoteAddress())
          .cause(e)
          .build();
    }
  }
}
