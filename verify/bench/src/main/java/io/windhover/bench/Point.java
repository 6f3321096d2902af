package io.windhover.bench;

import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.BinaryWriter;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftType;
import io.windhover.thrift.UnknownFields;
import java.util.Objects;

/// `Point` of wide.thrift, in the shape of generated code.
public final class Point {

  public static final StructCodec<Point> CODEC = new Codec();

  private int x;
  private String label = "";
  private UnknownFields unknownFields = UnknownFields.NONE;

  public int x() {
    return x;
  }

  public Point x(int x) {
    this.x = x;
    return this;
  }

  public String label() {
    return label;
  }

  public Point label(String label) {
    this.label = Objects.requireNonNull(label, "label");
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Point that && x == that.x && Objects.equals(label, that.label);
  }

  @Override
  public int hashCode() {
    return Objects.hash(x, label);
  }

  private static final class Codec implements StructCodec<Point> {

    @Override
    public Point read(BinaryReader in) {
      var value = new Point();
      in.structBegin();
      for (int header = in.fieldHeader(); header != 0; header = in.fieldHeader()) {
        switch (header) {
          case 1 << 8 | ThriftType.I32 -> value.x = in.i32();
          case 2 << 8 | ThriftType.STRING -> value.label = in.string();
          default -> value.unknownFields = in.unknown(header, value.unknownFields);
        }
      }
      in.structEnd();
      return value;
    }

    @Override
    public void write(Point value, BinaryWriter out) {
      out.structBegin();
      out.i32Field(1, value.x);
      out.stringField(2, value.label);
      out.unknown(value.unknownFields);
      out.structEnd();
    }
  }
}
