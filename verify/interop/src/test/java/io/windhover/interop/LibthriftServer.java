package io.windhover.interop;

import static io.windhover.interop.ThriftValue.struct;
import static io.windhover.interop.ThriftValue.text;

import io.windhover.interop.ThriftValue.Bool;
import io.windhover.interop.ThriftValue.Bytes;
import io.windhover.interop.ThriftValue.I32;
import io.windhover.interop.ThriftValue.I64;
import io.windhover.interop.ThriftValue.Sequence;
import io.windhover.interop.ThriftValue.Struct;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.TProcessor;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.server.TServer;
import org.apache.thrift.server.TThreadPoolServer;
import org.apache.thrift.transport.TServerSocket;
import org.apache.thrift.transport.TTransportException;

/// The IDL served by libthrift. Names of services are not on its wire: a method's name is all it
/// knows.
final class LibthriftServer implements Peer {
  private static final int MAX_THREADS = 200; // one a connection

  private final AtomicLong ticks = new AtomicLong();
  private final Running main;
  private final Running newer;

  private record Running(TServer server, Thread thread, InetSocketAddress address) {}

  private LibthriftServer(boolean isFramed) throws TTransportException {
    this.main = run(isFramed, this::answerMain);
    this.newer = run(isFramed, LibthriftServer::answerNewer);
  }

  static LibthriftServer start(boolean isFramed) {
    try {
      return new LibthriftServer(isFramed);
    } catch (TTransportException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String name() {
    return Libthrift.name();
  }

  @Override
  public InetSocketAddress main() {
    return main.address;
  }

  @Override
  public InetSocketAddress newer() {
    return newer.address;
  }

  @Override
  public void close() {
    for (var running : List.of(main, newer)) {
      running.server.stop();
      try {
        running.thread.join(10_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Running run(boolean isFramed, Methods methods) throws TTransportException {
    var socket = new TServerSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    var server =
        new TThreadPoolServer(
            new TThreadPoolServer.Args(socket)
                .maxWorkerThreads(MAX_THREADS)
                .transportFactory(Libthrift.transport(isFramed))
                .protocolFactory(new TBinaryProtocol.Factory())
                .processor(processor(methods)));
    var thread = Thread.ofPlatform().daemon().name("libthrift").start(server::serve);
    return new Running(
        server, thread, (InetSocketAddress) socket.getServerSocket().getLocalSocketAddress());
  }

  /// What a generated processor does: reads the arguments, answers with the result struct.
  private static TProcessor processor(Methods methods) {
    return (in, out) -> {
      var call = in.readMessageBegin();
      var arguments = Struct.read(in);
      in.readMessageEnd();
      try {
        var result = methods.answer(call.name, arguments.fields());
        if (call.type == TMessageType.ONEWAY) {
          return;
        }
        out.writeMessageBegin(new TMessage(call.name, TMessageType.REPLY, call.seqid));
        result.write(out);
      } catch (TApplicationException e) {
        out.writeMessageBegin(new TMessage(call.name, TMessageType.EXCEPTION, call.seqid));
        e.write(out);
      }
      out.writeMessageEnd();
      out.getTransport().flush();
    };
  }

  /// Answers a call with its result struct: field 0 is the result, others are exceptions.
  private interface Methods {
    Struct answer(String method, Map<Integer, ThriftValue> arguments) throws TException;
  }

  private Struct answerMain(String method, Map<Integer, ThriftValue> arguments) throws TException {
    if (method.startsWith("echo")) {
      return struct().with(0, arguments.get(1));
    }
    return switch (method) {
      case "whoAmI" -> struct().with(0, text("Interop"));
      case "tick" -> {
        ticks.addAndGet(((I64) arguments.get(1)).value());
        yield struct();
      }
      case "ticks" -> struct().with(0, new I64(ticks.get()));
      case "join" -> struct().with(0, join(arguments));
      case "nothing" -> struct();
      case "refuse" -> refuse(arguments, 2).orElseGet(ThriftValue::struct);
      case "refuseText" -> refuse(arguments, 3).orElseGet(() -> struct().with(0, text("accepted")));
      case "fail", "crash" ->
          throw new TApplicationException(
              TApplicationException.INTERNAL_ERROR, "Internal error processing " + method);
      case "sleep" -> {
        sleep(((I32) arguments.get(1)).value());
        yield struct().with(0, text("slept"));
      }
      case "timeout" -> struct().with(0, new I64(0));
      case "reverse" -> struct().with(0, reverse((Bytes) arguments.get(1)));
      default -> throw unknown(method);
    };
  }

  private static Struct answerNewer(String method, Map<Integer, ThriftValue> arguments)
      throws TException {
    if (!method.equals("echo")) {
      throw unknown(method);
    }
    var order = (Struct) arguments.get(1);
    return struct().with(0, order.fields().containsKey(9) ? order : LibthriftValues.upgrade(order));
  }

  private static TApplicationException unknown(String method) {
    return new TApplicationException(
        TApplicationException.UNKNOWN_METHOD, "Invalid method name: '" + method + "'");
  }

  private static Bytes join(Map<Integer, ThriftValue> arguments) {
    var words = new ArrayList<String>();
    for (int i = 0; i < ((I32) arguments.get(2)).value(); i++) {
      words.add(((Bytes) arguments.get(1)).text());
    }
    for (var name : ((Sequence) arguments.get(5)).elements()) {
      words.add(((Bytes) name).text());
    }
    if (((Bool) arguments.get(32767)).value()) {
      Collections.reverse(words);
    }
    return text(String.join(" ", words));
  }

  private static Optional<Struct> refuse(Map<Integer, ThriftValue> arguments, int missingId) {
    int code = ((I32) arguments.get(1)).value();
    if (code > 0) {
      return Optional.of(struct().with(1, LibthriftValues.refused(code)));
    }
    return code < 0
        ? Optional.of(struct().with(missingId, LibthriftValues.missing()))
        : Optional.empty();
  }

  private static void sleep(int millis) throws TApplicationException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TApplicationException(TApplicationException.INTERNAL_ERROR, "interrupted");
    }
  }

  private static Bytes reverse(Bytes text) {
    return text(new StringBuilder(text.text()).reverse().toString());
  }
}
