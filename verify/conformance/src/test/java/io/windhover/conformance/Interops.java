package io.windhover.conformance;

import io.windhover.interop.everything.Interop;
import io.windhover.interop.everything.Tree;
import io.windhover.rpc.Service;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/// The service `Interop` as the bad-input tests need it.
final class Interops {

  /// A tree whose root has this value is answered with one too deep to be written.
  static final int TOO_DEEP = 1000;

  /// A tree whose root has this value is answered with an empty one.
  static final int KEPT = 1001;

  private Interops() {}

  /// Answers each `echo...` with its argument.
  ///
  /// @param sleep what the method `sleep` runs
  static Service serve(Runnable sleep) {
    return serve(
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "echoTree" -> tree((Tree) arguments[0]);
              case "sleep" -> {
                sleep.run();
                yield "slept";
              }
              case "nothing" -> null;
              default -> arguments[0];
            });
  }

  /// @param handler of all methods
  static Service serve(InvocationHandler handler) {
    return Interop.serve(
        (Interop)
            Proxy.newProxyInstance(
                Interops.class.getClassLoader(), new Class<?>[] {Interop.class}, handler));
  }

  private static Tree tree(Tree tree) {
    return switch (tree.value()) {
      case TOO_DEEP -> nested(64);
      case KEPT -> new Tree();
      default -> tree;
    };
  }

  /// Returns a tree of so many levels.
  static Tree nested(int levels) {
    var tree = new Tree();
    for (int i = 1; i < levels; i++) {
      tree = new Tree().left(tree);
    }
    return tree;
  }
}
