package io.windhover.thrift.call;

import io.windhover.thrift.Binary;
import io.windhover.thrift.RawStruct;
import io.windhover.thrift.StructCodec;

/// The codec of methods of which only the names are known: their arguments and results are
/// [Binary], structs in Thrift's binary protocol as [RawStruct] has them. One without fields is its
/// stop byte, a single 0, and not [Binary#EMPTY].
public final class RawCall implements CallCodec {

  public static final RawCall CODEC = new RawCall();

  private RawCall() {}

  @Override
  public StructCodec<Object> request() {
    return raw();
  }

  @Override
  public StructCodec<Object> response() {
    return raw();
  }

  @SuppressWarnings("unchecked") // a stranger's object ends in a ClassCastException
  private static StructCodec<Object> raw() {
    return (StructCodec<Object>) (StructCodec<?>) RawStruct.CODEC;
  }
}
