package io.windhover.interop;

import static io.windhover.interop.ThriftValue.list;
import static io.windhover.interop.ThriftValue.struct;
import static io.windhover.interop.ThriftValue.text;

import io.windhover.interop.ThriftValue.Bool;
import io.windhover.interop.ThriftValue.Entries;
import io.windhover.interop.ThriftValue.I32;
import io.windhover.interop.ThriftValue.I64;
import io.windhover.interop.ThriftValue.Sequence;
import io.windhover.interop.ThriftValue.Struct;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TType;
import org.apache.thrift.transport.TSocket;

/// The scenarios that libthrift can run: a client connection at a time, every value by hand.
final class LibthriftClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final TProtocol protocol;
  private int sequenceId;

  private LibthriftClient(InetSocketAddress server, boolean isFramed) throws TException {
    var socket =
        new TSocket(
            Libthrift.CONFIGURATION, server.getHostString(), server.getPort(), TIMEOUT_MILLIS);
    this.protocol = new TBinaryProtocol(Libthrift.transport(isFramed).getTransport(socket));
    protocol.getTransport().open();
  }

  /// A scenario by the name that it has in every language.
  private record Scenario(String name, Body body) {}

  private interface Body {
    /// @return a detail worth telling, or nothing
    String run(InetSocketAddress main, InetSocketAddress newer, boolean isFramed) throws Exception;
  }

  private interface Steps {
    void run(LibthriftClient client) throws TException;
  }

  private static final List<Scenario> SCENARIOS =
      List.of(
          echoes("bool", "echoBool", LibthriftValues.bools()),
          echoes("byte", "echoByte", LibthriftValues.bytesOfOne()),
          echoes("i16", "echoI16", LibthriftValues.shorts()),
          echoes("i32", "echoI32", LibthriftValues.ints()),
          echoes("i64", "echoI64", LibthriftValues.longs()),
          echoes("double", "echoDouble", LibthriftValues.doubles()),
          echoes("string", "echoString", LibthriftValues.texts()),
          echoes("binary", "echoBinary", LibthriftValues.binaries()),
          echoes("enum", "echoColor", LibthriftValues.colors()),
          echoes("list", "echoNames", List.of(LibthriftValues.names(1))),
          echoes("set", "echoSet", List.of(ThriftValue.set(TType.I64, LibthriftValues.longs()))),
          echoes(
              "map",
              "echoMap",
              List.of(
                  new Entries(TType.STRING, TType.I32, Map.of()),
                  new Entries(TType.STRING, TType.I32, Map.of(text("中"), new I32(-1))))),
          echoes("struct", "echoScalars", LibthriftValues.scalars()),
          echoes(
              "struct of lists",
              "echoLists",
              List.of(LibthriftValues.lists(0), LibthriftValues.lists(3))),
          echoes(
              "struct of sets",
              "echoSets",
              List.of(LibthriftValues.sets(0), LibthriftValues.sets(3))),
          echoes(
              "struct of maps",
              "echoMaps",
              List.of(LibthriftValues.maps(0), LibthriftValues.maps(3))),
          echoes(
              "nested containers",
              "echoNested",
              List.of(LibthriftValues.nested(0), LibthriftValues.nested(2))),
          echoes("requiredness", "echoRequiredness", LibthriftValues.requiredness()),
          echoes("union", "echoChoice", LibthriftValues.choices()),
          echoes(
              "recursive struct",
              "echoTree",
              List.of(LibthriftValues.tree(0), LibthriftValues.tree(4))),
          echoes("deep struct", "echoTree", List.of(LibthriftValues.tree(50))),
          echoes("string of 1 MiB", "echoString", List.of(LibthriftValues.large())),
          echoes("binary of 1 MiB", "echoBinary", List.of(LibthriftValues.large())),
          echoes("lists of 10,000", "echoLists", List.of(LibthriftValues.lists(10_000))),
          echoes("sets of 10,000", "echoSets", List.of(LibthriftValues.sets(10_000))),
          echoes("maps of 10,000", "echoMaps", List.of(LibthriftValues.maps(10_000))),
          echoes("nested of 10,000", "echoNested", List.of(LibthriftValues.nested(10_000))),
          steps("several arguments", LibthriftClient::severalArguments),
          steps("void", client -> expect(client.call("nothing", struct()), struct())),
          steps("declared exception", LibthriftClient::declaredException),
          steps("exception of a void method", LibthriftClient::exceptionOfVoid),
          steps("failing handler", client -> client.fails("fail")),
          steps("crashing handler", client -> client.fails("crash")),
          steps("oneway", LibthriftClient::oneway),
          steps("unknown method", LibthriftClient::unknownMethod),
          steps("second service", LibthriftClient::secondService),
          new Scenario("newer client, older server", LibthriftClient::newerClient),
          new Scenario("older client, newer server", LibthriftClient::olderClient),
          new Scenario("32 callers", LibthriftClient::callers));

  /// Runs every scenario against a server.
  static List<Outcome> call(Peer server, boolean isFramed) {
    return SCENARIOS.stream().map(scenario -> run(scenario, server, isFramed)).toList();
  }

  private static Outcome run(Scenario scenario, Peer server, boolean isFramed) {
    try {
      var detail = scenario.body.run(server.main(), server.newer(), isFramed);
      return new Outcome(scenario.name, true, detail);
    } catch (Exception | AssertionError e) {
      return new Outcome(scenario.name, false, e.toString());
    }
  }

  @Override
  public void close() {
    protocol.getTransport().close();
  }

  private static Scenario steps(String name, Steps steps) {
    return new Scenario(
        name,
        (main, newer, isFramed) -> {
          try (var client = new LibthriftClient(main, isFramed)) {
            steps.run(client);
            return "";
          }
        });
  }

  private static Scenario echoes(String name, String method, List<? extends ThriftValue> values) {
    return steps(
        name,
        client -> {
          for (var value : values) {
            expect(client.call(method, struct().with(1, value)), struct().with(0, value));
          }
        });
  }

  private static void expect(ThriftValue got, ThriftValue want) {
    if (!got.equals(want)) {
      throw new AssertionError("got %.200s, want %.200s".formatted(got, want));
    }
  }

  /// Calls a method and returns its result struct.
  private Struct call(String method, Struct arguments) throws TException {
    send(method, TMessageType.CALL, arguments);
    var reply = protocol.readMessageBegin();
    if (!reply.name.equals(method) || reply.seqid != sequenceId) {
      throw new AssertionError("reply: " + reply);
    }
    if (reply.type == TMessageType.EXCEPTION) {
      throw TApplicationException.readFrom(protocol);
    }
    if (reply.type != TMessageType.REPLY) {
      throw new AssertionError("reply: " + reply);
    }
    return Struct.read(protocol);
  }

  private void send(String method, byte type, Struct arguments) throws TException {
    sequenceId++;
    protocol.writeMessageBegin(new TMessage(method, type, sequenceId));
    arguments.write(protocol);
    protocol.writeMessageEnd();
    protocol.getTransport().flush();
  }

  private void severalArguments() throws TException {
    var arguments =
        struct()
            .with(1, text("a"))
            .with(2, new I32(2))
            .with(5, list(TType.STRING, List.of(text("b"), text("中"))))
            .with(32767, new Bool(true));
    expect(call("join", arguments), struct().with(0, text("中 b a a")));
  }

  private void declaredException() throws TException {
    expect(call("refuseText", code(0)), struct().with(0, text("accepted")));
    expect(call("refuseText", code(7)), struct().with(1, LibthriftValues.refused(7)));
    expect(call("refuseText", code(-7)), struct().with(3, LibthriftValues.missing()));
  }

  private void exceptionOfVoid() throws TException {
    expect(call("refuse", code(0)), struct());
    expect(call("refuse", code(7)), struct().with(1, LibthriftValues.refused(7)));
    expect(call("refuse", code(-7)), struct().with(2, LibthriftValues.missing()));
  }

  private static Struct code(int code) {
    return struct().with(1, new I32(code));
  }

  private void fails(String method) throws TException {
    expectError(method, struct().with(1, text("broken, 坏")), TApplicationException.INTERNAL_ERROR);
    expect(call("nothing", struct()), struct());
  }

  private void unknownMethod() throws TException {
    expectError("noSuchMethod", struct(), TApplicationException.UNKNOWN_METHOD);
  }

  private void expectError(String method, Struct arguments, int type) throws TException {
    try {
      throw new AssertionError("got " + call(method, arguments));
    } catch (TApplicationException e) {
      if (e.getType() != type) {
        throw new AssertionError("got type " + e.getType() + ", want " + type, e);
      }
    }
  }

  private void oneway() throws TException {
    var before = ticks();
    send("tick", TMessageType.ONEWAY, struct().with(1, new I64(5)));
    var patience = System.nanoTime() + TIMEOUT_MILLIS * 1_000_000L;
    while (ticks() != before + 5) {
      if (System.nanoTime() > patience) {
        throw new AssertionError("the oneway call did not arrive");
      }
    }
  }

  private long ticks() throws TException {
    return ((I64) call("ticks", struct()).fields().get(0)).value();
  }

  private void secondService() throws TException {
    expect(call("reverse", struct().with(1, text("a中🪁"))), struct().with(0, text("🪁中a")));
  }

  private static String newerClient(
      InetSocketAddress main, InetSocketAddress newer, boolean isFramed) throws TException {
    try (var client = new LibthriftClient(main, isFramed)) {
      var sent = LibthriftValues.upgrade(LibthriftValues.order());
      var got = client.call("echo", struct().with(1, sent));
      expect(got, struct().with(0, sent));
      return "newer fields kept";
    }
  }

  private static String olderClient(
      InetSocketAddress main, InetSocketAddress newer, boolean isFramed) throws TException {
    try (var client = new LibthriftClient(newer, isFramed)) {
      var got =
          (Struct) client.call("echo", struct().with(1, LibthriftValues.order())).fields().get(0);
      expect(got.fields().get(1), new I64(1));
      expect(got.fields().get(2), new I32(7));
      var line = (Struct) ((Sequence) got.fields().get(3)).elements().getFirst();
      expect(line.fields().get(1), text("a"));
      return "";
    }
  }

  private static String callers(InetSocketAddress main, InetSocketAddress newer, boolean isFramed)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var callers =
          IntStream.range(0, 32)
              .mapToObj(caller -> threads.submit(() -> calls(main, isFramed, caller)))
              .toList();
      for (Future<Void> caller : callers) {
        caller.get();
      }
      return "";
    }
  }

  private static Void calls(InetSocketAddress main, boolean isFramed, int caller)
      throws TException {
    try (var client = new LibthriftClient(main, isFramed)) {
      for (int call = 0; call < 100; call++) {
        var value = text("caller " + caller + ", call " + call + "中".repeat(call));
        expect(client.call("echoString", struct().with(1, value)), struct().with(0, value));
      }
      return null;
    }
  }
}
