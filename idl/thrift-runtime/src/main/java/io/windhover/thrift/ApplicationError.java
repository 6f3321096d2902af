package io.windhover.thrift;

/// Why a server could not run a method: the struct in a message of type [MessageHeader#EXCEPTION]
/// (Thrift's TApplicationException).
///
/// @param type 1 unknown method, 6 internal error, 7 protocol error, ...; from 20 on Kitex's own
/// @param message for people
public record ApplicationError(int type, String message) {

  public static final StructCodec<ApplicationError> CODEC = new Codec();

  private static final class Codec implements StructCodec<ApplicationError> {

    private static final int MESSAGE = 1;
    private static final int TYPE = 2;

    @Override
    public ApplicationError read(ThriftReader in) {
      int type = 0;
      String message = "";
      in.structBegin();
      for (int header; (header = in.fieldHeader()) != 0; ) {
        switch (header) {
          case MESSAGE << 8 | ThriftType.STRING -> message = in.string();
          case TYPE << 8 | ThriftType.I32 -> type = in.i32();
          default -> in.skip(header & 0xff);
        }
      }
      in.structEnd();
      return new ApplicationError(type, message);
    }

    /// Writes these two fields and never another one: Go's reader fails on it.
    @Override
    public void write(ApplicationError value, ThriftWriter out) {
      out.structBegin();
      out.stringField(MESSAGE, value.message);
      out.i32Field(TYPE, value.type);
      out.structEnd();
    }
  }
}
