package io.windhover.conformance.ledger;

import io.windhover.conformance.Transport;
import io.windhover.interop.everything.Interop;
import io.windhover.interop.streams.Note;
import io.windhover.interop.streams.Streams;
import io.windhover.interop.streams.StreamsClient;
import io.windhover.rpc.BidiStream;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.client.Client;
import io.windhover.thrift.Binary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A client of a ledger, alone in its process: callers over every transport, and of streams, until
/// its input ends.
final class LedgerClient {

  static final Duration TIMEOUT = Duration.ofSeconds(1);

  static final int CALLERS = 4; // of each transport
  private static final int WARM_UP_CALLS = 200;

  /// How long a stream may take, for which there is no deadline: longer than any fault.
  private static final Duration STREAM_TIME = Duration.ofSeconds(10);

  private static final int MAX_MESSAGES = 20;
  private static final int AHEAD = 3;
  private static final int ONE_IN_ONEWAY = 10;
  private static final Duration WATCH = Duration.ofMillis(10);
  private static final Duration PAUSE = Duration.ofMillis(20); // what is told

  private final int id;
  private final boolean throughProxy;
  private final int thinkMicros;
  private final EventFile events;
  private final AtomicLong numbers = new AtomicLong();
  private volatile boolean over;

  private LedgerClient(int id, boolean throughProxy, int thinkMicros, EventFile events) {
    this.id = id;
    this.throughProxy = throughProxy;
    this.thinkMicros = thinkMicros;
    this.events = events;
  }

  /// @param args id, address, whether that is a proxy's, seed, microseconds between two calls of a
  ///   caller, file
  public static void main(String[] args) throws IOException, InterruptedException {
    try (var events = new EventFile(Path.of(args[5]))) {
      new LedgerClient(
              Integer.parseInt(args[0]),
              Boolean.parseBoolean(args[2]),
              Integer.parseInt(args[4]),
              events)
          .run(args[1], Long.parseLong(args[3]));
    }
  }

  private void run(String address, long seed) throws IOException, InterruptedException {
    Thread.ofPlatform().daemon().start(this::watchForPauses);
    var clients = new EnumMap<Transport, Client>(Transport.class);
    var callers = new ArrayList<Thread>();
    for (var transport : Transport.values()) {
      var client = transport.of(Client.builder(address).timeout(TIMEOUT)).build();
      clients.put(transport, client);
      warmUp(Interop.on(client));
    }
    System.out.println("warm");
    clients.forEach(
        (transport, client) -> {
          for (int i = 0; i < CALLERS; i++) {
            var random = new Random(seed + callers.size());
            var interop = Interop.on(client);
            callers.add(Thread.ofVirtual().start(() -> callForEver(interop, transport, random)));
            if (transport == Transport.TTHEADER) {
              var streams = Streams.on(client);
              var other = new Random(seed + callers.size());
              callers.add(Thread.ofVirtual().start(() -> streamForEver(streams, other)));
            }
          }
        });
    System.in.transferTo(OutputStream.nullOutputStream());
    over = true;
    for (var caller : callers) {
      caller.join();
    }
    clients.values().forEach(Client::close);
  }

  /// A JVM is slow at first, which is no matter of deadlines.
  private static void warmUp(Interop interop) {
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      try {
        interop.nothing();
      } catch (RpcException e) {
        // warm all the same
      }
    }
  }

  private void watchForPauses() {
    while (true) {
      long start = System.nanoTime();
      LockSupport.parkNanos(WATCH.toNanos());
      var over = Duration.ofNanos(System.nanoTime() - start).minus(WATCH);
      if (over.compareTo(PAUSE) > 0) {
        events.add(Event.paused(id, Event.now(), over));
      }
    }
  }

  private void callForEver(Interop interop, Transport transport, Random random) {
    while (!over) {
      var call = new CallId(id, numbers.incrementAndGet());
      boolean oneway = random.nextInt(ONE_IN_ONEWAY) == 0;
      var request =
          oneway
              ? ByteBuffer.allocate(Long.BYTES).putLong(call.packed()).array()
              : Payload.request(call, random);
      events.add(submitted(call, transport, oneway, Payload.crc(request)));
      try {
        int crc = oneway ? tick(interop, call) : echo(interop, request);
        events.add(Event.ok(call, Event.now(), crc));
      } catch (RpcException e) {
        events.add(Event.failed(call, Event.now(), e.kind()));
      }
      LockSupport.parkNanos(1_000L * random.nextInt(2 * thinkMicros));
    }
  }

  private void streamForEver(StreamsClient streams, Random random) {
    while (!over) {
      var call = new CallId(id, numbers.incrementAndGet());
      int messages = 1 + random.nextInt(MAX_MESSAGES);
      var submitted = Event.submitted(call, Event.now(), STREAM_TIME, 0).stream();
      events.add(throughProxy ? submitted.throughProxy() : submitted);
      try (var chat = streams.chat()) {
        chat(call, chat, messages);
        events.add(Event.streamOk(call, Event.now(), messages));
      } catch (RpcException e) {
        events.add(Event.failed(call, Event.now(), e.kind()));
      }
      LockSupport.parkNanos(1_000L * random.nextInt(2 * thinkMicros));
    }
  }

  /// The server sends each message back; up to a few are under way.
  private void chat(CallId call, BidiStream<Note, Note> chat, int messages) {
    var text = Long.toString(call.packed());
    for (int i = 1; i <= messages; i++) {
      chat.send(new Note().number(i).text(text));
      if (i > AHEAD) {
        receive(call, chat);
      }
    }
    chat.end();
    while (receive(call, chat)) {}
  }

  /// @return whether there was one
  private boolean receive(CallId call, BidiStream<Note, Note> chat) {
    var note = chat.receive();
    events.add(
        note.isPresent()
            ? Event.received(call, Event.now(), note.get().number())
            : Event.halfClosed(call, Event.now()));
    return note.isPresent();
  }

  private Event submitted(CallId call, Transport transport, boolean oneway, int crc) {
    var event = Event.submitted(call, Event.now(), TIMEOUT, crc);
    event = oneway ? event.oneway() : event;
    event = throughProxy ? event.throughProxy() : event;
    return transport.tells() ? event.told() : event;
  }

  private static int tick(Interop interop, CallId call) {
    interop.tick(call.packed());
    return 0;
  }

  private static int echo(Interop interop, byte[] request) {
    return Payload.crc(interop.echoBinary(Binary.wrap(request)).toByteArray());
  }
}
