package io.windhover.bench.harness;

/// One library doing the work of bench.thrift: how to start its server and how to call it.
public interface Contestant {

  /// Starts a server on 127.0.0.1 that lives until the process ends.
  ///
  /// @param port 0 lets the kernel choose
  /// @return the port
  /// @throws Exception if it cannot listen; the text goes to the user
  int serve(int port) throws Exception;

  /// Makes the client of the server on `port` of 127.0.0.1.
  Client connect(int port) throws Exception;

  /// The calling side. Closed by the end of the process.
  @FunctionalInterface
  interface Client {

    /// Makes the means of one caller. Connections are the library's affair: those of a pool are
    /// opened by the first calls.
    ///
    /// @param work what each call does
    /// @param bytes the size of the body, in bytes; [Work#ORDER] has no use for it
    Caller caller(Work work, int bytes) throws Exception;
  }

  /// Makes one call at a time; used by one thread at a time.
  @FunctionalInterface
  interface Caller {

    /// Makes a call and waits for the reply.
    ///
    /// @throws Exception if there is no reply, or not the expected one
    void call() throws Exception;
  }

  /// A method of bench.thrift.
  enum Work {
    ECHO,
    SLEEP,
    ORDER
  }
}
