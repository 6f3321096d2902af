package io.windhover.thrift.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.Binary;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.BinaryWriter;
import io.windhover.thrift.CompactReader;
import io.windhover.thrift.CompactWriter;
import io.windhover.thrift.Scalars;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftException;
import io.windhover.thrift.ThriftReader;
import io.windhover.thrift.ThriftType;
import io.windhover.thrift.ThriftWriter;
import io.windhover.thrift.ValueCodec;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class SignatureTest {

  private static final ValueCodec<List<Integer>> INTS =
      ValueCodec.of(
          ThriftType.LIST,
          List.of(),
          in -> {
            int count = in.listBegin(ThriftType.I32);
            return count < 0 ? null : List.of(in.i32());
          },
          (list, out) -> {
            out.listBegin(ThriftType.I32, list.size());
            list.forEach(out::i32);
          });

  private static final Signature PLACE =
      Signature.builder()
          .argument(1, "buyer", Scalars.I64)
          .argument(2, "items", INTS)
          .argument(3, "note", Scalars.STRING, () -> "none")
          .redacted(4, "pin", Scalars.I32)
          .returns(Scalars.I64)
          .declares(1, "refused", Refused.class, Refused.CODEC)
          .build();

  @Test
  void argumentsTravelInBothProtocols() {
    var all =
        Signature.builder()
            .argument(1, "bool", Scalars.BOOL)
            .argument(2, "i8", Scalars.I8)
            .argument(3, "i16", Scalars.I16)
            .argument(4, "i32", Scalars.I32)
            .argument(5, "i64", Scalars.I64)
            .argument(6, "double", Scalars.DOUBLE)
            .argument(7, "string", Scalars.STRING)
            .argument(8, "binary", Scalars.BINARY)
            .argument(9, "uuid", Scalars.UUID)
            .build();
    var sent =
        all.arguments(
            true, (byte) 1, (short) 2, 3, 4L, 5.5, "six", Binary.of(new byte[7]), new UUID(8, 9));

    var binary = through(all.request(), sent, BinaryWriter::new, BinaryReader::new);
    var compact = through(all.request(), sent, CompactWriter::new, CompactReader::new);

    assertThat(binary).hasToString(sent.toString());
    assertThat(compact).hasToString(sent.toString());
  }

  @Test
  void whatIsAbsentHasItsZeroOrItsDefault() {
    assertThat(PLACE.request().read(reader("00")))
        .hasToString("Arguments[buyer=0, items=[], note=none, pin=<redacted>]");
  }

  @Test
  void whatIsOfAnotherTypeOrUnknownIsSkipped() {
    var wrongElements = "0f0002" + "02" + "00000001" + "01";
    var wrongType = "080001" + "00000007";
    var unknown = "0b0009" + "00000001" + "61";

    assertThat(PLACE.request().read(reader(wrongElements + wrongType + unknown + "00")))
        .hasToString("Arguments[buyer=0, items=[], note=none, pin=<redacted>]");
  }

  @Test
  void thereIsOneForEachArgument() {
    assertThatThrownBy(() -> PLACE.arguments(1L))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("arguments: 1 (expected: 4)");
  }

  @Test
  void anArrayOfArgumentsIsHandedOver() {
    Object[] values = {1L, List.of(2), "three", 4};
    var arguments = PLACE.arguments(values);

    values[2] = "changed";

    assertThat(arguments.<String>get(2)).as("no copy was made").isEqualTo("changed");
  }

  @Test
  void argumentsKnowTheirNames() {
    var arguments = PLACE.arguments(1L, List.of(2), "three", 4);

    assertThat(arguments.names()).containsExactly("buyer", "items", "note", "pin");
    assertThat(arguments.<String>get(2)).isEqualTo("three");
    assertThat(arguments.<String>get("note")).isEqualTo("three");
    assertThatThrownBy(() -> arguments.get("no"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("argument: no (expected: one of [buyer, items, note, pin])");
  }

  @Test
  void refusesIdsThatCannotBe() {
    for (int id : new int[] {1, -32_769, 32_768}) {
      assertThatThrownBy(
              () ->
                  Signature.builder().argument(1, "a", Scalars.I64).argument(id, "b", Scalars.I64))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("argument b: id " + id + " (expected: -32768..32767, each once)");
    }
    assertThatThrownBy(() -> Signature.builder().returns(Scalars.I64).returns(Scalars.I64))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aResultIsAValueOrAnException() {
    var arguments = PLACE.arguments(1L, List.of(2), "", 3);
    var returned = result(PLACE.run(arguments, in -> in.<Long>get(0) + 1));
    var thrown =
        result(
            PLACE.run(
                arguments,
                in -> {
                  throw new Refused();
                }));

    assertThat(returned.<Long>orThrow()).isEqualTo(2);
    assertThat(returned.<Long>value(0)).isEqualTo(2);
    assertThatThrownBy(thrown::orThrow).isInstanceOf(Refused.class);
    assertThat(thrown.<Refused>value(1)).isInstanceOf(Refused.class);
    assertThat(thrown.<Long>value(0)).isNull();
    assertThat(thrown.toString()).startsWith("Result[refused=");
  }

  @Test
  void anExceptionComesBeforeAValueWhateverTheOrder() {
    var success = "0a0000" + "0000000000000007";
    var refused = "0c0001" + "00";

    for (var bytes : List.of(success + refused, refused + success)) {
      assertThat(((Result) PLACE.response().read(reader(bytes + "00"))).value())
          .isInstanceOf(Refused.class);
    }
  }

  @Test
  void exceptionsOfOthersPass() {
    var arguments = Signature.EMPTY.arguments();

    assertThatThrownBy(
            () ->
                Signature.EMPTY.run(
                    arguments,
                    in -> {
                      throw new Refused();
                    }))
        .isInstanceOf(Refused.class);
  }

  @Test
  void aMethodThatReturnsSomethingMustNotReturnNull() {
    assertThatThrownBy(() -> PLACE.returned(null)).hasMessage("the handler returned null");
    assertThat(Signature.EMPTY.returned(null).isMissing()).isFalse();
  }

  @Test
  void aReplyWithoutAResultIsMissing() {
    var empty = (Result) PLACE.response().read(reader("00"));

    assertThat(empty.isMissing()).isTrue();
    assertThatThrownBy(empty::orThrow).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theResultOfAnotherMethodIsNotWritten() {
    var other = Signature.builder().returns(Scalars.STRING).build().returned("text");

    assertThatThrownBy(() -> result(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> result(Result.NOTHING)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theResultOfALikeMethodIsWritten() {
    var like = Signature.builder().returns(Scalars.I64).build().returned(7L);

    assertThat(result(like).value()).isEqualTo(7L);
  }

  private static Result result(Result sent) {
    return (Result) through(PLACE.response(), sent, BinaryWriter::new, BinaryReader::new);
  }

  private static Object through(
      StructCodec<Object> codec,
      Object message,
      Function<LinkBuffer, ThriftWriter> writer,
      Function<LinkBuffer, ThriftReader> reader) {
    try (var buffer = new LinkBuffer()) {
      codec.write(message, writer.apply(buffer));
      return codec.read(reader.apply(buffer));
    }
  }

  private static ThriftReader reader(String hex) {
    return new BinaryReader(LinkBuffer.wrap(HexFormat.of().parseHex(hex)));
  }

  private static final class Refused extends ThriftException {
    private static final long serialVersionUID = 1;

    static final StructCodec<Refused> CODEC =
        new StructCodec<>() {
          @Override
          public Refused read(ThriftReader in) {
            in.structBegin();
            while (in.fieldHeader() != 0) {
              throw new AssertionError("it has no fields");
            }
            in.structEnd();
            return new Refused();
          }

          @Override
          public void write(Refused value, ThriftWriter out) {
            out.structBegin();
            out.structEnd();
          }
        };
  }
}
