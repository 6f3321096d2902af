package io.windhover.bench.codec;

import com.google.protobuf.ByteString;
import io.windhover.bench.apache.ApacheOrder;
import io.windhover.bench.contestant.Orders;
import io.windhover.bench.thrift.Blob;
import io.windhover.bench.thrift.Labels;
import io.windhover.bench.thrift.Longs;
import io.windhover.bench.thrift.Order;
import io.windhover.bench.thrift.Point;
import io.windhover.bench.thrift.Points;
import io.windhover.bench.thrift.Text;
import io.windhover.thrift.Binary;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// The samples of few lines.
final class Samples {

  private static final int TEXT_CHARS = 1000;
  private static final int BLOB_BYTES = 64 * 1024;

  private Samples() {}

  static Sample<?> point() {
    return new Sample<>(Point.CODEC, ours(7), ApachePoint::new, apaches(7), protobufs(7));
  }

  static Sample<?> points() {
    var numbers = IntStream.range(0, 100).boxed().toList();
    var apaches = new ApachePoints();
    apaches.points = numbers.stream().map(Samples::apaches).toList();
    return new Sample<>(
        Points.CODEC,
        new Points().points(numbers.stream().map(Samples::ours).toList()),
        ApachePoints::new,
        apaches,
        io.windhover.bench.proto.Points.newBuilder()
            .addAllPoints(numbers.stream().map(Samples::protobufs).toList())
            .build());
  }

  static Sample<?> order() {
    return new Sample<>(
        Order.CODEC, Orders.windhover(), ApacheOrder::new, Orders.apache(), Orders.protobuf());
  }

  /// Of every length that a variable-length integer can have.
  static Sample<?> longs() {
    List<Long> values =
        LongStream.range(0, 1000).map(i -> (i - 500) * 1_000_000_007L >> i % 40).boxed().toList();
    var apaches = new ApacheLongs();
    apaches.values = values;
    return new Sample<>(
        Longs.CODEC,
        new Longs().values(values),
        ApacheLongs::new,
        apaches,
        io.windhover.bench.proto.Longs.newBuilder().addAllValues(values).build());
  }

  static Sample<?> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 100; i < 200; i++) {
      labels.put("name-of-label-" + i, "the-value-of-label-" + i);
    }
    var apaches = new ApacheLabels();
    apaches.labels = labels;
    return new Sample<>(
        Labels.CODEC,
        new Labels().labels(labels),
        ApacheLabels::new,
        apaches,
        io.windhover.bench.proto.Labels.newBuilder().putAllLabels(labels).build());
  }

  static Sample<?> blob() {
    var bytes = new byte[BLOB_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 37);
    }
    var apaches = new ApacheBlob();
    apaches.bytes = ByteBuffer.wrap(bytes);
    return new Sample<>(
        Blob.CODEC,
        new Blob().bytes(Binary.wrap(bytes)),
        ApacheBlob::new,
        apaches,
        io.windhover.bench.proto.Blob.newBuilder().setBytes(ByteString.copyFrom(bytes)).build());
  }

  static Sample<?> ascii() {
    return text("A kestrel hangs in the wind. ");
  }

  static Sample<?> chinese() {
    return text("红隼迎风悬停在田野之上。");
  }

  private static Sample<?> text(String phrase) {
    var text = phrase.repeat(TEXT_CHARS / phrase.length() + 1).substring(0, TEXT_CHARS);
    var apaches = new ApacheText();
    apaches.text = text;
    return new Sample<>(
        Text.CODEC,
        new Text().text(text),
        ApacheText::new,
        apaches,
        io.windhover.bench.proto.Text.newBuilder().setText(text).build());
  }

  private static Point ours(int number) {
    return new Point().x(number).label(label(number));
  }

  private static ApachePoint apaches(int number) {
    var point = new ApachePoint();
    point.x = number;
    point.label = label(number);
    return point;
  }

  private static io.windhover.bench.proto.Point protobufs(int number) {
    return io.windhover.bench.proto.Point.newBuilder().setX(number).setLabel(label(number)).build();
  }

  private static String label(int number) {
    return "the point number " + number;
  }
}
