package io.windhover.examples.readme;

import io.windhover.rpc.RpcException;

/// What `docs/guides/errors.md` shows.
final class ErrorsPage {

  private ErrorsPage() {}

  static String helloTwiceIfNeeded(HelloService hello, HelloRequest request) {
    try {
      return hello.hello(request).message();
    } catch (RpcException e) {
      if (!e.isSafeToRetry()) {
        throw e; // its message names the call, the server, the cause and the cure
      }
      return hello.hello(request).message(); // the method surely did not run
    }
  }
}
