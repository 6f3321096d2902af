package io.windhover.interop;

import io.windhover.interop.streams.Note;
import io.windhover.interop.streams.Streams;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.StreamSide;
import io.windhover.rpc.client.Client;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The service of streams.thrift.
final class StreamsHandler implements Streams {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// How streams ended that their clients cut short.
  private final BlockingQueue<String> endings = new LinkedBlockingQueue<>();

  private final Client onward;

  /// @param onward opens the streams that are passed on
  StreamsHandler(Client onward) {
    this.onward = onward;
  }

  @Override
  public void chat(StreamReceiver<Note> in, StreamSender<Note> out) {
    open(out);
    int sent = 0;
    try {
      for (var note : in) {
        if (isEnd(note.text())) {
          return;
        }
        out.send(note);
        sent++;
      }
      out.send(new Note().text("bye"));
      sent++;
    } catch (RpcException e) {
      endings.add(e.getMessage());
      throw e;
    } finally {
      out.trailer().put("notes", Integer.toString(sent));
    }
  }

  @Override
  public Note sum(StreamReceiver<Note> notes) {
    open(notes);
    var sum = new Note();
    var texts = new StringBuilder();
    for (var note : notes) {
      if (isEnd(note.text())) {
        break;
      }
      sum.number(sum.number() + note.number());
      texts.append(note.text());
    }
    notes.trailer().put("notes", "1");
    return sum.text(texts.toString());
  }

  @Override
  public void count(Note order, StreamSender<Note> out) {
    open(out);
    out.trailer().put("notes", Integer.toString(order.number()));
    for (int i = 0; i < order.number(); i++) {
      out.send(new Note().number(i).text("note"));
    }
    if (order.text().equals("wait")) {
      awaitEnd(out);
    } else {
      isEnd(order.text());
    }
  }

  /// A handler's thread is interrupted when its stream ends; to send tells why it did.
  private void awaitEnd(StreamSender<Note> out) {
    try {
      Thread.sleep(PATIENCE);
      throw new IllegalStateException("was to be cancelled");
    } catch (InterruptedException interrupted) {
      try {
        out.send(new Note());
      } catch (RpcException e) {
        endings.add(e.getMessage());
        throw e;
      }
    }
  }

  @Override
  public void relay(Note order, StreamSender<Note> out) {
    var next = CallOptions.builder().address(CallsHandler.address(order.text())).build();
    try (var notes =
        Streams.on(onward.with(next)).count(new Note().number(order.number()).text("wait"))) {
      notes.forEach(out::send);
    } catch (RpcException e) {
      endings.add(e.getMessage());
      throw e;
    }
  }

  @Override
  public String ending() {
    try {
      var ending = endings.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (ending == null) {
        throw new IllegalStateException("no stream has ended");
      }
      return ending;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  @Override
  public Note ping(Note note) {
    return note;
  }

  private static boolean isEnd(String text) {
    return switch (text) {
      case "fail", "crash" -> throw new IllegalStateException("broken, 坏");
      case "refuse" ->
          throw new BusinessException(404, "no note, 不", Map.of("by", CallsHandler.NAME));
      case "return" -> true;
      default -> false;
    };
  }

  private static void open(StreamSide side) {
    side.header().put("opened-by", CallsHandler.NAME);
    var metadata = Invocation.current().orElseThrow().metadata();
    var persistent = metadata.persistentValues().get("KEY");
    if (persistent != null) {
      side.header().put("persistent", persistent);
    }
    var oneHop = metadata.transientValues().get("KEY");
    if (oneHop != null) {
      side.header().put("transient", oneHop);
    }
  }
}
