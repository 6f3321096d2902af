package io.windhover.conformance.ledger;

import io.windhover.interop.everything.Interop;
import io.windhover.interop.streams.Note;
import io.windhover.interop.streams.Streams;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.server.Server;
import io.windhover.thrift.Binary;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// The server of a ledger, alone in its process. Prints its port, and stops in good order on
/// SIGTERM.
final class LedgerServer {

  /// How long it may take to stop.
  static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

  private static final int MAX_WORK_NANOS = 10_000_000;

  private final EventFile events;

  private LedgerServer(EventFile events) {
    this.events = events;
  }

  /// @param args port (0 for any), file
  public static void main(String[] args) throws IOException {
    var events = new EventFile(Path.of(args[1]));
    var handler = new LedgerServer(events);
    var server =
        Server.builder()
            .address(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])))
            .stopTimeout(STOP_TIMEOUT)
            .service(
                Interop.serve(
                    (Interop)
                        Proxy.newProxyInstance(
                            Interop.class.getClassLoader(),
                            new Class<?>[] {Interop.class},
                            handler::handle)))
            .service(Streams.serve(streams(handler::chat)))
            .start();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.stop();
                  events.add(Event.stopped(Event.now()));
                }));
    System.out.println(server.port());
    System.in.transferTo(OutputStream.nullOutputStream()); // the test holds the other end
    Runtime.getRuntime().halt(1);
  }

  private interface Chat {
    void with(StreamReceiver<Note> in, StreamSender<Note> out);
  }

  @SuppressWarnings("unchecked") // the only method that is called is `chat`
  private static Streams streams(Chat chat) {
    return (Streams)
        Proxy.newProxyInstance(
            Streams.class.getClassLoader(),
            new Class<?>[] {Streams.class},
            (proxy, method, arguments) -> {
              chat.with((StreamReceiver<Note>) arguments[0], (StreamSender<Note>) arguments[1]);
              return null;
            });
  }

  /// Sends back each message.
  private void chat(StreamReceiver<Note> in, StreamSender<Note> out) {
    CallId id = null;
    for (var note : in) {
      id = CallId.unpacked(Long.parseLong(note.text()));
      events.add(Event.received(id, Event.now(), note.number()));
      out.send(note);
    }
    if (id != null) {
      events.add(Event.halfClosed(id, Event.now()));
    }
  }

  private Object handle(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "echoBinary" -> Binary.wrap(run(((Binary) arguments[0]).toByteArray()));
      case "tick" -> {
        run(ByteBuffer.allocate(Long.BYTES).putLong((long) arguments[0]).array());
        yield null;
      }
      case "nothing" -> null;
      default -> throw new IllegalArgumentException(method.getName());
    };
  }

  private byte[] run(byte[] request) {
    var id = Payload.id(request);
    events.add(Event.accepted(id, Event.now()));
    work();
    if (Thread.currentThread().isInterrupted()) {
      events.add(Event.refused(id, Event.now()));
      throw new IllegalStateException("the caller of " + id + " has gone");
    }
    var reply = Payload.reply(request);
    events.add(Event.executed(id, Event.now(), Payload.crc(request), Payload.crc(reply)));
    return reply;
  }

  /// So that calls are under way when a fault comes.
  private static void work() {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(MAX_WORK_NANOS));
  }
}
