package io.windhover.bench.codec;

import com.google.protobuf.ByteString;
import io.windhover.bench.thrift.Point;
import io.windhover.bench.thrift.Wide;
import io.windhover.thrift.Binary;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// A struct of 20 mixed fields.
final class WideSample {

  private WideSample() {}

  static Sample<?> wide() {
    return new Sample<>(Wide.CODEC, ours(), ApacheWide::new, apaches(), protobufs());
  }

  private static Wide ours() {
    return new Wide()
        .active(true)
        .level((byte) 3)
        .port((short) 8888)
        .count(1_000_000)
        .id(0x0123456789abcdefL)
        .score(99.5)
        .name("windhover-sample")
        .region("eu-central-1-az2")
        .owner("team-middleware!")
        .digest(Binary.wrap(digest()))
        .samples(samples())
        .tags(tags())
        .origin(new Point().x(-7).label("the origin point"))
        .weights(weights())
        .createdAt(1_790_000_000_000L)
        .updatedAt(1_790_000_001_000L)
        .version(42)
        .deleted(false)
        .comment("nothing to see..")
        .ratio(0.125);
  }

  private static ApacheWide apaches() {
    var wide = new ApacheWide();
    wide.active = true;
    wide.level = 3;
    wide.port = 8888;
    wide.count = 1_000_000;
    wide.id = 0x0123456789abcdefL;
    wide.score = 99.5;
    wide.name = "windhover-sample";
    wide.region = "eu-central-1-az2";
    wide.owner = "team-middleware!";
    wide.digest = ByteBuffer.wrap(digest());
    wide.samples = samples();
    wide.tags = tags();
    wide.origin = new ApachePoint();
    wide.origin.x = -7;
    wide.origin.label = "the origin point";
    wide.weights = weights();
    wide.createdAt = 1_790_000_000_000L;
    wide.updatedAt = 1_790_000_001_000L;
    wide.version = 42;
    wide.deleted = false;
    wide.comment = "nothing to see..";
    wide.ratio = 0.125;
    return wide;
  }

  private static io.windhover.bench.proto.Wide protobufs() {
    return io.windhover.bench.proto.Wide.newBuilder()
        .setActive(true)
        .setLevel(3)
        .setPort(8888)
        .setCount(1_000_000)
        .setId(0x0123456789abcdefL)
        .setScore(99.5)
        .setName("windhover-sample")
        .setRegion("eu-central-1-az2")
        .setOwner("team-middleware!")
        .setDigest(ByteString.copyFrom(digest()))
        .addAllSamples(samples())
        .addAllTags(tags())
        .setOrigin(
            io.windhover.bench.proto.Point.newBuilder().setX(-7).setLabel("the origin point"))
        .putAllWeights(weights())
        .setCreatedAt(1_790_000_000_000L)
        .setUpdatedAt(1_790_000_001_000L)
        .setVersion(42)
        .setDeleted(false)
        .setComment("nothing to see..")
        .setRatio(0.125)
        .build();
  }

  private static byte[] digest() {
    var digest = new byte[32];
    for (int i = 0; i < digest.length; i++) {
      digest[i] = (byte) (i * 37);
    }
    return digest;
  }

  private static List<Long> samples() {
    return LongStream.range(0, 10).map(i -> 1_000_000_007L * i).boxed().toList();
  }

  private static List<String> tags() {
    return List.of(
        "production-fleet",
        "green-deployment",
        "canary-excluded!",
        "critical-service",
        "owner-verified!!");
  }

  private static Map<String, Integer> weights() {
    var weights = new LinkedHashMap<String, Integer>();
    for (int i = 0; i < 5; i++) {
      weights.put("weight-of-node-" + i, 1000 + i);
    }
    return weights;
  }
}
