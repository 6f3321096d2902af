package io.windhover.bench.contestant;

import io.windhover.bench.harness.Contestant;
import io.windhover.bench.thrift.Message;
import io.windhover.bench.thrift.Repeat;
import io.windhover.bench.thrift.Streams;
import io.windhover.bench.thrift.StreamsClient;
import io.windhover.rpc.BidiStream;
import io.windhover.rpc.StreamReceiver;
import io.windhover.rpc.StreamSender;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// Windhover over TTHeader Streaming, with the options that it has by default.
final class WindhoverStreams implements Contestant {

  @Override
  public List<Work> works() {
    return List.of(Work.BIDI, Work.STREAM);
  }

  @Override
  public int serve(int port) throws IOException {
    return Server.builder()
        .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .service(Streams.serve(new Handler()))
        .start()
        .port();
  }

  private static final class Handler implements Streams {

    @Override
    public void pingPong(StreamReceiver<Message> in, StreamSender<Message> out) {
      for (var message : in) {
        out.send(new Message().body(message.body()));
      }
    }

    @Override
    public void repeat(Repeat repeat, StreamSender<Message> out) {
      for (int i = 0; i < repeat.times(); i++) {
        out.send(new Message().body(repeat.body()));
      }
    }
  }

  @Override
  public Client connect(int port) {
    var streams = Streams.on(io.windhover.rpc.client.Client.builder("127.0.0.1:" + port).build());
    return (work, bytes) -> caller(streams, work, Body.ofBytes(bytes));
  }

  private static Caller caller(StreamsClient streams, Work work, Body body) {
    return switch (work) {
      case BIDI -> new PingPong(streams.pingPong(), body);
      case STREAM -> {
        var request = new Repeat().times(STREAM_MESSAGES).body(body.text());
        yield () -> receiveAll(streams, request, body);
      }
      case ECHO, SLEEP, ORDER -> throw work.notHere();
    };
  }

  private static void receiveAll(StreamsClient streams, Repeat request, Body body) {
    int messages = 0;
    try (var stream = streams.repeat(request)) {
      for (var message : stream) {
        body.check(message.body());
        messages++;
      }
    }
    if (messages != STREAM_MESSAGES) {
      throw new IllegalStateException(
          "messages of the stream: %d (expected: %d)".formatted(messages, STREAM_MESSAGES));
    }
  }

  private record PingPong(BidiStream<Message, Message> stream, Body body) implements Caller {

    @Override
    public void call() {
      stream.send(new Message().body(body.text()));
      body.check(stream.receive().orElseThrow().body());
    }

    @Override
    public void close() {
      try (stream) {
        stream.end();
        if (stream.receive().isPresent()) {
          throw new IllegalStateException("a message came that answers none");
        }
      }
    }
  }
}
