package io.windhover.rpc.validation;

import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.thrift.validation.Validated;
import io.windhover.thrift.validation.ValidationException;

/// Checks what a server receives, and by option what it answers.
record ServerCheck(Endpoint next, boolean checksReplies) implements Endpoint {

  @Override
  public Object call(Invocation invocation, Object request) {
    if (request instanceof Validated validated) {
      try {
        validated.validate();
      } catch (ValidationException e) {
        throw ErrorCode.INVALID_REQUEST.because("bad request: " + e.getMessage());
      }
    }
    var response = next.call(invocation, request);
    if (checksReplies && response instanceof Validated validated) {
      validated.validate();
    }
    return response;
  }
}
