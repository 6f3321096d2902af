package io.windhover.examples.streams;

import io.windhover.rpc.BidiStream;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.ClientStream;
import io.windhover.rpc.ForwardingStream;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.StreamMiddleware;
import io.windhover.rpc.StreamOpener;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// What `docs/guides/streaming.md` shows of a client.
final class StreamsPage {

  private StreamsPage() {}

  static Server serve(int port) throws IOException {
    Server server = Server.builder().port(port).service(Notes.serve(new NotesHandler())).start();
    return server;
  }

  static int upload(Client client, List<Note> some) {
    NotesClient notes = Notes.on(client);
    try (ClientStream<Note, Summary> upload = notes.upload()) {
      for (Note note : some) {
        upload.send(note);
      }
      return upload.finish().notes();
    }
  }

  static void find(NotesClient notes) {
    try (StreamReceiver<Note> found = notes.find(new Pattern().word("tea"))) {
      for (Note note : found) {
        System.out.println(note.text());
      }
    }
  }

  static void chat(NotesClient notes) {
    try (BidiStream<Note, Note> chat = notes.chat()) {
      chat.send(new Note().text("hello"));
      Optional<Note> answer = chat.receive();
      answer.ifPresent(note -> System.out.println(note.text()));
      chat.end(); // nothing more comes from here
      chat.forEach(note -> System.out.println(note.text()));
      System.out.println(chat.trailer().get("mood"));
    }
  }

  static void patience(Client client) {
    CallOptions minute = CallOptions.builder().timeout(Duration.ofMinutes(1)).build();
    try (StreamReceiver<Note> found =
        Notes.on(client.with(minute)).find(new Pattern().word("tea"))) {
      Optional<Note> first = found.receive(Duration.ofSeconds(2));
      first.ifPresent(note -> System.out.println(note.text()));
    } catch (RpcException e) {
      System.out.println(e.kind() + ": " + e.getMessage());
    }
  }

  static Client counting(String address, LongAdder received) {
    StreamMiddleware counting =
        new StreamMiddleware() {
          @Override
          public StreamOpener opening(StreamOpener next) {
            return invocation ->
                new ForwardingStream(next.open(invocation)) {
                  @Override
                  protected Object received(Object message) {
                    received.increment();
                    return message;
                  }
                };
          }
        };
    Client client = Client.builder(address).streamMiddleware(counting).build();
    return client;
  }
}
