package io.windhover.rpc.server;

import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;

/// Stops a server when its process is told to end: by SIGTERM, SIGINT or [System#exit]. A second
/// signal ends the waiting for calls under way.
///
/// The JVM ignores signals once it is ending, so that a second one can only be had by the class
/// that its own tools use, `sun.misc.Signal`. It is looked up by name, then and not before; where
/// it is missing, or the JVM runs with `-Xrs`, a second signal means nothing.
final class ShutdownHook {

  private static final System.Logger LOG = System.getLogger(ShutdownHook.class.getName());

  private final Server server;
  private final Thread thread = new Thread(this::run, "windhover-stop");

  private ShutdownHook(Server server) {
    this.server = server;
  }

  /// @throws IllegalStateException if the process is ending already
  static ShutdownHook install(Server server) {
    var hook = new ShutdownHook(server);
    Runtime.getRuntime().addShutdownHook(hook.thread);
    return hook;
  }

  private void run() {
    for (var signal : new String[] {"TERM", "INT"}) {
      try {
        onSignal(signal, server::stopNow);
      } catch (ReflectiveOperationException | RuntimeException e) {
        LOG.log(Level.DEBUG, "a second SIG{0} will mean nothing: {1}", signal, e);
      }
    }
    server.stop();
  }

  private static void onSignal(String name, Runnable action) throws ReflectiveOperationException {
    var signal = Class.forName("sun.misc.Signal");
    var handler = Class.forName("sun.misc.SignalHandler");
    var proxy =
        Proxy.newProxyInstance(
            ShutdownHook.class.getClassLoader(),
            new Class<?>[] {handler},
            (_, method, _) -> {
              if (method.getName().equals("handle")) {
                action.run();
              }
              return null;
            });
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
  }

  /// The server has stopped otherwise.
  void remove() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException e) {
      LOG.log(Level.DEBUG, "the process is ending, and this hook with it");
    }
  }
}
