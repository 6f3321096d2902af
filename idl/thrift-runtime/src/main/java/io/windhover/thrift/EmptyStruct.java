package io.windhover.thrift;

/// A struct without fields: the arguments of a method that takes none, and the result of one that
/// returns nothing. Fields that are there all the same are skipped.
public final class EmptyStruct {

  public static final EmptyStruct VALUE = new EmptyStruct();
  public static final StructCodec<EmptyStruct> CODEC = new Codec();

  private static final int TYPE_MASK = 0xff;

  private EmptyStruct() {}

  @Override
  public String toString() {
    return "EmptyStruct[]";
  }

  private static final class Codec implements StructCodec<EmptyStruct> {

    @Override
    public EmptyStruct read(ThriftReader in) {
      in.structBegin();
      for (int header; (header = in.fieldHeader()) != 0; ) {
        in.skip(header & TYPE_MASK);
      }
      in.structEnd();
      return VALUE;
    }

    @Override
    public void write(EmptyStruct value, ThriftWriter out) {
      out.structBegin();
      out.structEnd();
    }
  }
}
