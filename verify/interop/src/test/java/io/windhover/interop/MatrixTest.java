package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.windhover.interop.Matrix.Row;
import io.windhover.interop.ProtocolTest.Protocol;
import io.windhover.interop.ThriftValue.Entries;
import io.windhover.interop.ThriftValue.Sequence;
import io.windhover.interop.ThriftValue.Struct;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.thrift.TException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The same structs from our generated code and from what Thriftgo generates: byte for byte, and
/// each side reads what the other has written. [ProtocolTest] has them with libthrift.
///
/// Needs Go, as [InteropTest] does.
final class MatrixTest {
  private static final List<Row<?>> ROWS = Matrix.rows();
  private static final String NO_GO =
      "*** NOT TESTED AGAINST GENERATED GO: there is no Go on this machine ***";
  private static final HexFormat HEX = HexFormat.of();

  private static Map<Key, String> written = Map.of(); // by Go, in hex

  /// What writes in Go.
  enum Writer {
    /// Apache Thrift's library 0.13.0, which Thriftgo's code is made for.
    BINARY(Protocol.BINARY, true),
    COMPACT(Protocol.COMPACT, true),
    /// The codec that Kitex generates and uses: it writes fields of numbers before all others.
    FAST(Protocol.BINARY, false);

    final Protocol protocol;
    final boolean keepsOrder;

    Writer(Protocol protocol, boolean keepsOrder) {
      this.protocol = protocol;
      this.keepsOrder = keepsOrder;
    }
  }

  /// What is written.
  enum Way {
    /// The struct of `matrix/rows.go`.
    BUILT,
    /// What Go has read of our bytes.
    ECHO
  }

  record Key(String row, Writer writer, Way way) {}

  static Stream<Arguments> rows() {
    return ROWS.stream()
        .flatMap(row -> Arrays.stream(Writer.values()).map(writer -> Arguments.of(row, writer)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  <T> void generatedGoWritesTheSameBytes(Row<T> row, Writer writer) throws TException {
    var ours = writer.protocol.write(row.codec(), row.inGo());
    var value = writer.protocol.parse(ours);

    for (var way : Way.values()) {
      var theirs = theirs(row, writer, way);
      if (writer.keepsOrder && hasOrder(value)) {
        assertThat(theirs).as(way.name()).isEqualTo(ours);
      } else {
        assertThat(theirs).as(way.name()).hasSameSizeAs(ours);
        assertThat(writer.protocol.parse(theirs)).as(way.name()).isEqualTo(value);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  <T> void readsWhatGeneratedGoWrites(Row<T> row, Writer writer) {
    for (var way : Way.values()) {
      var read = writer.protocol.read(row.codec(), theirs(row, writer, way));

      assertThat(read).as(way.name()).isEqualTo(row.inGo());
    }
  }

  @Test
  void givesAReasonWhereGoWritesOtherBytes() {
    assertThat(ROWS.stream().map(Row::name)).doesNotHaveDuplicates();
    assertThat(ROWS).hasSizeGreaterThan(250).allMatch(MatrixTest::hasReason);
  }

  private static <T> boolean hasReason(Row<T> row) {
    return row.reason().isEmpty() == row.value().equals(row.inGo());
  }

  /// Whether no map has two entries: Go writes those in any order.
  private static boolean hasOrder(ThriftValue value) {
    return switch (value) {
      case Entries map -> map.entries().size() < 2 && haveOrder(map.entries().values());
      case Sequence sequence -> haveOrder(sequence.elements());
      case Struct struct -> haveOrder(struct.fields().values());
      default -> true;
    };
  }

  private static boolean haveOrder(Collection<ThriftValue> values) {
    return values.stream().allMatch(MatrixTest::hasOrder);
  }

  private static byte[] theirs(Row<?> row, Writer writer, Way way) {
    var text = written().get(new Key(row.name(), writer, way));
    assertThat(text).as(way.name()).matches("[0-9a-f]*");
    return HEX.parseHex(text);
  }

  private static synchronized Map<Key, String> written() {
    if (written.isEmpty()) {
      written =
          kitex().writeMatrix(ROWS.stream().map(MatrixTest::line).toList()).stream()
              .map(line -> line.split("\t", -1))
              .collect(Collectors.toMap(MatrixTest::key, cells -> cells[3]));
    }
    return written;
  }

  private static <T> String line(Row<T> row) {
    return Stream.of(Protocol.BINARY, Protocol.COMPACT)
        .map(protocol -> HEX.formatHex(protocol.write(row.codec(), row.value())))
        .collect(Collectors.joining("\t", row.name() + "\t", ""));
  }

  private static Key key(String[] cells) {
    var writer = Writer.valueOf(cells[1].toUpperCase(Locale.ROOT));
    return new Key(cells[0], writer, Way.valueOf(cells[2].toUpperCase(Locale.ROOT)));
  }

  private static Kitex kitex() {
    var kitex = Kitex.build();
    if (kitex.isEmpty() && "1".equals(System.getenv("WINDHOVER_REQUIRE_PEERS"))) {
      fail(NO_GO);
    }
    return kitex.orElseGet(() -> Assumptions.abort(NO_GO));
  }
}
