package io.windhover.examples.streams;

import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.StreamSender;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What `docs/guides/streaming.md` shows of a server.
final class NotesHandler implements Notes {

  private final Queue<Note> kept = new ConcurrentLinkedQueue<>();

  @Override
  public Summary upload(StreamReceiver<Note> in) {
    int notes = 0;
    for (Note note : in) { // waits for each; ends when the client has sent its last
      kept.add(note);
      notes++;
    }
    return new Summary().notes(notes);
  }

  @Override
  public void find(Pattern pattern, StreamSender<Note> out) {
    out.header().put("notes", Integer.toString(kept.size()));
    for (Note note : kept) {
      if (note.text().contains(pattern.word())) {
        out.send(note); // waits while the client is behind
      }
    }
  }

  @Override
  public void chat(StreamReceiver<Note> in, StreamSender<Note> out) {
    for (Note note : in) {
      out.send(new Note().text("you said: " + note.text()));
    }
    out.trailer().put("mood", "good");
  }

  @Override
  public int count() {
    return kept.size();
  }
}
