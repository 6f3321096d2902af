package io.windhover.bench.harness;

import java.util.List;

/// One library doing the work of bench.thrift: how to start its server and how to call it.
public interface Contestant {

  /// The messages of a stream of [Work#STREAM].
  int STREAM_MESSAGES = 1000;

  /// What its server and its client can do; the very first call is the first of it.
  default List<Work> works() {
    return List.of(Work.ECHO, Work.SLEEP, Work.ORDER);
  }

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
    /// @param work what each call does, one of [#works]
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

    /// Ends what stays open between the calls; made once, after the last.
    ///
    /// @throws Exception if it does not end as it should
    default void close() throws Exception {}
  }

  /// A method of bench.thrift or of streams.thrift.
  enum Work {
    ECHO,
    SLEEP,
    ORDER,
    /// A call is a message and its answer, on a stream that stays open for all calls of a caller.
    BIDI,
    /// A call is a stream of [#STREAM_MESSAGES] from the server, from its opening to its end.
    STREAM;

    /// Returns what a client throws that is asked for work of others.
    public IllegalArgumentException notHere() {
      return new IllegalArgumentException(
          "work: " + this + " (expected: what this contestant does)");
    }
  }
}
