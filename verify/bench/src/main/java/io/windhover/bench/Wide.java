package io.windhover.bench;

import io.windhover.thrift.Binary;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.BinaryWriter;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftType;
import io.windhover.thrift.UnknownFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// `Wide` of wide.thrift, in the shape of generated code.
public final class Wide {

  public static final StructCodec<Wide> CODEC = new Codec();

  private boolean active;
  private byte level;
  private short port;
  private int count;
  private long id;
  private double score;
  private String name = "";
  private String region = "";
  private String owner = "";
  private Binary digest = Binary.EMPTY;
  private List<Long> samples = List.of();
  private List<String> tags = List.of();
  private Point origin;
  private Map<String, Integer> weights = Map.of();
  private long createdAt;
  private long updatedAt;
  private int version;
  private boolean deleted;
  private String comment = "";
  private double ratio;
  private UnknownFields unknownFields = UnknownFields.NONE;

  public boolean active() {
    return active;
  }

  public Wide active(boolean active) {
    this.active = active;
    return this;
  }

  public byte level() {
    return level;
  }

  public Wide level(byte level) {
    this.level = level;
    return this;
  }

  public short port() {
    return port;
  }

  public Wide port(short port) {
    this.port = port;
    return this;
  }

  public int count() {
    return count;
  }

  public Wide count(int count) {
    this.count = count;
    return this;
  }

  public long id() {
    return id;
  }

  public Wide id(long id) {
    this.id = id;
    return this;
  }

  public double score() {
    return score;
  }

  public Wide score(double score) {
    this.score = score;
    return this;
  }

  public String name() {
    return name;
  }

  public Wide name(String name) {
    this.name = Objects.requireNonNull(name, "name");
    return this;
  }

  public String region() {
    return region;
  }

  public Wide region(String region) {
    this.region = Objects.requireNonNull(region, "region");
    return this;
  }

  public String owner() {
    return owner;
  }

  public Wide owner(String owner) {
    this.owner = Objects.requireNonNull(owner, "owner");
    return this;
  }

  public Binary digest() {
    return digest;
  }

  public Wide digest(Binary digest) {
    this.digest = Objects.requireNonNull(digest, "digest");
    return this;
  }

  public List<Long> samples() {
    return samples;
  }

  public Wide samples(List<Long> samples) {
    this.samples = Objects.requireNonNull(samples, "samples");
    return this;
  }

  public List<String> tags() {
    return tags;
  }

  public Wide tags(List<String> tags) {
    this.tags = Objects.requireNonNull(tags, "tags");
    return this;
  }

  public Point origin() {
    return origin;
  }

  public Wide origin(Point origin) {
    this.origin = Objects.requireNonNull(origin, "origin");
    return this;
  }

  public Map<String, Integer> weights() {
    return weights;
  }

  public Wide weights(Map<String, Integer> weights) {
    this.weights = Objects.requireNonNull(weights, "weights");
    return this;
  }

  public long createdAt() {
    return createdAt;
  }

  public Wide createdAt(long createdAt) {
    this.createdAt = createdAt;
    return this;
  }

  public long updatedAt() {
    return updatedAt;
  }

  public Wide updatedAt(long updatedAt) {
    this.updatedAt = updatedAt;
    return this;
  }

  public int version() {
    return version;
  }

  public Wide version(int version) {
    this.version = version;
    return this;
  }

  public boolean deleted() {
    return deleted;
  }

  public Wide deleted(boolean deleted) {
    this.deleted = deleted;
    return this;
  }

  public String comment() {
    return comment;
  }

  public Wide comment(String comment) {
    this.comment = Objects.requireNonNull(comment, "comment");
    return this;
  }

  public double ratio() {
    return ratio;
  }

  public Wide ratio(double ratio) {
    this.ratio = ratio;
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Wide that
        && active == that.active
        && level == that.level
        && port == that.port
        && count == that.count
        && id == that.id
        && Double.compare(score, that.score) == 0
        && Objects.equals(name, that.name)
        && Objects.equals(region, that.region)
        && Objects.equals(owner, that.owner)
        && Objects.equals(digest, that.digest)
        && Objects.equals(samples, that.samples)
        && Objects.equals(tags, that.tags)
        && Objects.equals(origin, that.origin)
        && Objects.equals(weights, that.weights)
        && createdAt == that.createdAt
        && updatedAt == that.updatedAt
        && version == that.version
        && deleted == that.deleted
        && Objects.equals(comment, that.comment)
        && Double.compare(ratio, that.ratio) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        active, level, port, count, id, score, name, region, owner, digest, samples, tags, origin,
        weights, createdAt, updatedAt, version, deleted, comment, ratio);
  }

  private static final class Codec implements StructCodec<Wide> {

    @Override
    public Wide read(BinaryReader in) {
      var value = new Wide();
      in.structBegin();
      for (int header = in.fieldHeader(); header != 0; header = in.fieldHeader()) {
        switch (header) {
          case 1 << 8 | ThriftType.BOOL -> value.active = in.bool();
          case 2 << 8 | ThriftType.I8 -> value.level = in.i8();
          case 3 << 8 | ThriftType.I16 -> value.port = in.i16();
          case 4 << 8 | ThriftType.I32 -> value.count = in.i32();
          case 5 << 8 | ThriftType.I64 -> value.id = in.i64();
          case 6 << 8 | ThriftType.DOUBLE -> value.score = in.f64();
          case 7 << 8 | ThriftType.STRING -> value.name = in.string();
          case 8 << 8 | ThriftType.STRING -> value.region = in.string();
          case 9 << 8 | ThriftType.STRING -> value.owner = in.string();
          case 10 << 8 | ThriftType.STRING -> value.digest = in.binary();
          case 11 << 8 | ThriftType.LIST -> value.samples = readSamples(in);
          case 12 << 8 | ThriftType.LIST -> value.tags = readTags(in);
          case 13 << 8 | ThriftType.STRUCT -> value.origin = Point.CODEC.read(in);
          case 14 << 8 | ThriftType.MAP -> value.weights = readWeights(in);
          case 15 << 8 | ThriftType.I64 -> value.createdAt = in.i64();
          case 16 << 8 | ThriftType.I64 -> value.updatedAt = in.i64();
          case 17 << 8 | ThriftType.I32 -> value.version = in.i32();
          case 18 << 8 | ThriftType.BOOL -> value.deleted = in.bool();
          case 19 << 8 | ThriftType.STRING -> value.comment = in.string();
          case 20 << 8 | ThriftType.DOUBLE -> value.ratio = in.f64();
          default -> value.unknownFields = in.unknown(header, value.unknownFields);
        }
      }
      in.structEnd();
      return value;
    }

    private static List<Long> readSamples(BinaryReader in) {
      int count = in.listBegin(ThriftType.I64, 8);
      if (count < 0) {
        return List.of();
      }
      var list = new ArrayList<Long>(Math.min(count, 1024));
      for (int i = 0; i < count; i++) {
        list.add(in.i64());
      }
      return list;
    }

    private static List<String> readTags(BinaryReader in) {
      int count = in.listBegin(ThriftType.STRING, 4);
      if (count < 0) {
        return List.of();
      }
      var list = new ArrayList<String>(Math.min(count, 1024));
      for (int i = 0; i < count; i++) {
        list.add(in.string());
      }
      return list;
    }

    private static Map<String, Integer> readWeights(BinaryReader in) {
      int count = in.mapBegin(ThriftType.STRING, ThriftType.I32, 8);
      if (count < 0) {
        return Map.of();
      }
      var map = LinkedHashMap.<String, Integer>newLinkedHashMap(Math.min(count, 1024));
      for (int i = 0; i < count; i++) {
        map.put(in.string(), in.i32());
      }
      return map;
    }

    @Override
    public void write(Wide value, BinaryWriter out) {
      out.structBegin();
      out.boolField(1, value.active);
      out.i8Field(2, value.level);
      out.i16Field(3, value.port);
      out.i32Field(4, value.count);
      out.i64Field(5, value.id);
      out.f64Field(6, value.score);
      out.stringField(7, value.name);
      out.stringField(8, value.region);
      out.stringField(9, value.owner);
      out.binaryField(10, value.digest);
      out.field(ThriftType.LIST, 11);
      out.listBegin(ThriftType.I64, value.samples.size());
      for (long element : value.samples) {
        out.i64(element);
      }
      out.field(ThriftType.LIST, 12);
      out.listBegin(ThriftType.STRING, value.tags.size());
      for (var element : value.tags) {
        out.string(element);
      }
      if (value.origin != null) {
        out.field(ThriftType.STRUCT, 13);
        Point.CODEC.write(value.origin, out);
      }
      out.field(ThriftType.MAP, 14);
      out.mapBegin(ThriftType.STRING, ThriftType.I32, value.weights.size());
      for (var entry : value.weights.entrySet()) {
        out.string(entry.getKey());
        out.i32(entry.getValue());
      }
      out.i64Field(15, value.createdAt);
      out.i64Field(16, value.updatedAt);
      out.i32Field(17, value.version);
      out.boolField(18, value.deleted);
      out.stringField(19, value.comment);
      out.f64Field(20, value.ratio);
      out.unknown(value.unknownFields);
      out.structEnd();
    }
  }
}
