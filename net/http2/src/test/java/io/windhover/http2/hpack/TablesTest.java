package io.windhover.http2.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The tables of both ends beside a plain list, newest first.
final class TablesTest {

  private static final int LARGEST = 2_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void agreeWithAList(long seed) {
    var random = new Random(seed);
    var model = new ArrayList<HeaderField>();
    int maxBytes = LARGEST;
    var decoderTable = new DecoderTable(maxBytes);
    var encoderTable = new EncoderTable(maxBytes, LARGEST);
    for (int step = 0; step < 3_000; step++) {
      if (random.nextInt(50) == 0) {
        maxBytes = random.nextInt(LARGEST + 1);
        decoderTable.resize(maxBytes);
        encoderTable.resize(maxBytes);
      } else {
        var field = field(random);
        decoderTable.add(field);
        encoderTable.add(field);
        model.addFirst(field);
      }
      while (bytes(model) > maxBytes) {
        model.removeLast();
      }

      assertThat(decoderTable.bytes()).isEqualTo(bytes(model));
      assertThat(encoderTable.bytes()).isEqualTo(bytes(model));
      check(decoderTable, model);
      check(encoderTable, model, field(random));
    }
  }

  private static HeaderField field(Random random) {
    int length = random.nextInt(200) == 0 ? LARGEST : random.nextInt(4);
    return new HeaderField("n" + random.nextInt(12), "v".repeat(length) + random.nextInt(6));
  }

  private static int bytes(List<HeaderField> fields) {
    return fields.stream().mapToInt(HeaderField::size).sum();
  }

  private static void check(DecoderTable table, List<HeaderField> model) {
    assertThat(table.count()).isEqualTo(model.size());
    for (int place = 0; place < model.size(); place++) {
      assertThat(table.get(place)).isSameAs(model.get(place));
    }
  }

  private static void check(EncoderTable table, List<HeaderField> model, HeaderField wanted) {
    int place = model.indexOf(wanted);
    assertThat(table.indexOf(wanted, wanted.hash()))
        .isEqualTo(place < 0 ? 0 : StaticTable.SIZE + 1 + place);
    int ofName = model.stream().map(HeaderField::name).toList().indexOf(wanted.name());
    assertThat(table.indexOf(wanted.name()))
        .isEqualTo(ofName < 0 ? 0 : StaticTable.SIZE + 1 + ofName);
  }

  @Test
  void staticTableFindsEachOfItsFieldsAndTheFirstOfEachName() {
    var names = new ArrayList<String>();
    for (int index = 1; index <= StaticTable.SIZE; index++) {
      var field = StaticTable.get(index);
      names.add(field.name());

      assertThat(StaticTable.indexOf(field, field.hash())).isEqualTo(index);
      assertThat(StaticTable.indexOf(field.name())).isEqualTo(names.indexOf(field.name()) + 1);
    }
    assertThat(StaticTable.SIZE).isEqualTo(61);
  }

  @Test
  void staticTableFindsNothingElse() {
    var unknown = new HeaderField(":method", "PUT");

    assertThat(StaticTable.indexOf(unknown, unknown.hash())).isZero();
    assertThat(StaticTable.indexOf("grpc-status")).isZero();
  }
}
