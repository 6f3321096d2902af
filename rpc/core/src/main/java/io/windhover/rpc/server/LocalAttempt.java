package io.windhover.rpc.server;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.Method;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.RpcException.Kind;
import io.windhover.rpc.RpcException.Stage;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.transport.CallEnding;
import io.windhover.rpc.transport.CallEnding.Failed;
import io.windhover.rpc.transport.CallEnding.Returned;
import io.windhover.rpc.transport.CallEnding.Said;
import io.windhover.rpc.wire.ErrorCode;
import io.windhover.thrift.call.Result;
import java.net.SocketAddress;
import java.time.Duration;

/// A call or stream in process, as its caller sees it: what there is to tell of its end.
///
/// @param name `Service/method`, as the caller has it
/// @param startNanos when it began, in terms of `time`
record LocalAttempt(String name, long startNanos, TimeSource time) {

  /// Where all of them lead.
  static final SocketAddress ADDRESS =
      new SocketAddress() {
        private static final long serialVersionUID = 1;

        @Override
        public String toString() {
          return "this process";
        }
      };

  static LocalAttempt begin(String service, Method<?> method, TimeSource time) {
    return new LocalAttempt(service + "/" + method.name(), time.nanoTime(), time);
  }

  /// Returns what the handler returned, or throws what came of it otherwise.
  Object result(CallEnding ending) {
    return switch (ending) {
      case Returned(Result result) when result.isMissing() ->
          throw answer(ErrorCode.MISSING_RESULT.number(), "neither a result nor an exception");
      case Returned(var result) -> result;
      case Said(var status) -> throw status;
      case Failed(var error) -> throw remote(error);
    };
  }

  RpcException remote(ApplicationException error) {
    return answer(
        error.code(),
        "the server answered with error %d: %s".formatted(error.code(), error.text()));
  }

  private RpcException answer(int number, String what) {
    return of(ErrorCode.failure(number, Stage.READ_REPLY, what)).build();
  }

  RpcException failure(Kind kind, Stage stage, String what) {
    return of(RpcException.builder(kind, stage, what)).build();
  }

  /// The handler could not run, since there was no memory, as a rule.
  RpcException couldNotRun(Throwable cause) {
    return of(RpcException.builder(Kind.REMOTE, Stage.AWAIT_REPLY, "the call could not run"))
        .cause(cause)
        .build();
  }

  private RpcException.Builder of(RpcException.Builder failure) {
    return failure
        .calling(name)
        .at(ADDRESS)
        .elapsed(Duration.ofNanos(time.nanoTime() - startNanos));
  }
}
