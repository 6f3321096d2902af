package io.windhover.rpc.proto;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windhover.buffer.LinkBuffer;
import io.windhover.protobuf.ProtoCodec;
import io.windhover.protobuf.ProtoException;
import io.windhover.protobuf.ProtoReader;
import io.windhover.protobuf.ProtoWriter;
import io.windhover.protobuf.UnknownFields;
import io.windhover.protobuf.WireType;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.thrift.ApplicationError;

/// The message of an error, as Kitex has it: `{int32 TypeID = 1; string Message = 2}`, with the
/// numbers of Thrift's and those that Kitex added.
final class ErrorMessage {

  private static final Codec CODEC = new Codec();

  private int type;
  private String message = "";

  private ErrorMessage() {}

  /// Reads one, to the end of `in`. Other fields are skipped.
  static ApplicationError read(LinkBuffer in) {
    try {
      var read = CODEC.read(in);
      return new ApplicationError(read.type, read.message);
    } catch (ProtoException e) {
      throw new MalformedMessageException("error message: " + e.getMessage());
    }
  }

  /// Appends one. The message is written even if it is empty, with a question mark for what is no
  /// character: nobody is there to be told.
  static void write(ApplicationError error, LinkBuffer out) {
    var written = new ErrorMessage();
    written.type = error.type();
    written.message = new String(error.message().getBytes(UTF_8), UTF_8);
    CODEC.write(written, out);
  }

  private static final class Codec implements ProtoCodec<ErrorMessage> {
    @Override
    public String name() {
      return "Error";
    }

    @Override
    public String fieldName(int number) {
      return switch (number) {
        case 1 -> "TypeID";
        case 2 -> "Message";
        default -> Integer.toString(number);
      };
    }

    @Override
    public int fieldCount() {
      return 2;
    }

    @Override
    public ErrorMessage create() {
      return new ErrorMessage();
    }

    @Override
    public void mergeFields(ErrorMessage into, ProtoReader in) {
      for (int tag; (tag = in.tag()) != 0; ) {
        switch (tag) {
          case 1 << 3 | WireType.VARINT -> into.type = in.int32();
          case 2 << 3 | WireType.BYTES -> into.message = in.string();
          default -> {
            var _ = in.unknown(tag, UnknownFields.NONE);
          }
        }
      }
    }

    @Override
    public void writeFields(ErrorMessage message, ProtoWriter out) {
      if (message.type != 0) {
        out.int32(1, message.type);
      }
      out.string(2, message.message);
    }
  }
}
