package io.windhover.rpc.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.buffer.LinkBuffer;
import io.windhover.http2.hpack.HeaderDecoder;
import io.windhover.http2.hpack.HeaderEncoder;
import io.windhover.http2.hpack.HeaderField;
import io.windhover.http2.hpack.HeaderLimits;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.ReplyMetadata;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.log.LogGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetadataFieldsTest {

  private static final System.Logger LOG = System.getLogger(MetadataFieldsTest.class.getName());

  private static final Map<String, String> TRANSIENT =
      Map.of("x-tenant", "blue", "USER_ID", "7", "trace-bin", "AQID/w");
  private static final Map<String, String> PERSISTENT =
      Map.of("LOG_ID", "abc", "traceparent", "00-1-2-01");

  @Test
  void writesAsKitexReads() {
    var fields = new ArrayList<HeaderField>();

    write(new Metadata(TRANSIENT, PERSISTENT), fields);

    assertThat(fields)
        .containsExactlyInAnyOrder(
            new HeaderField("x-tenant", "blue"),
            new HeaderField("rpc-transit-user-id", "7"),
            new HeaderField("trace-bin", "AQID/w"),
            new HeaderField("rpc-persist-log-id", "abc"),
            new HeaderField("traceparent", "00-1-2-01"));
  }

  @Test
  void readsWhatItWrites() {
    var fields = new ArrayList<HeaderField>();
    write(new Metadata(TRANSIENT, PERSISTENT), fields);

    assertThat(read(fields)).isEqualTo(new Metadata(TRANSIENT, PERSISTENT));
  }

  private static void write(Metadata metadata, List<HeaderField> out) {
    MetadataFields.write(metadata, out, new LogGate(LOG));
  }

  private static Metadata read(List<HeaderField> fields) {
    var reader = new MetadataFields();
    fields.forEach(field -> reader.add(field.name(), field.value()));
    return reader.metadata();
  }

  @Test
  void makesNothingOfFieldsThatAreNotForUsers() {
    var fields =
        List.of(
            new HeaderField("te", "trailers"),
            new HeaderField("user-agent", "kitex/0.16"),
            new HeaderField("grpc-trace-bin", "AA"),
            new HeaderField("wh-error", "1"),
            new HeaderField("rpc-transit-", "no key"),
            new HeaderField("x-empty", ""));

    assertThat(read(fields)).isSameAs(Metadata.NONE);
  }

  /// Where limits are raised: a copy of all that came before, for each, would be 100 GB.
  @Test
  @Timeout(5)
  void joinsManyValuesOfOneNameInTime() {
    var value = "x".repeat(2_000);
    var reader = new MetadataFields();
    for (int i = 0; i < 10_000; i++) {
      reader.add("x-a", value);
    }

    assertThat(reader.metadata().get("x-a").orElseThrow()).hasSize(10_000 * 2_001 - 1);
  }

  /// Such names make a map slow, so what counts is that there are never many.
  @Test
  void row14bReadsNamesOfOneHashCodeUpToTheLimitOfFields() {
    var sent = namesOfOneHashCode(200).map(name -> new HeaderField(name, "1")).toList();
    var reader = new MetadataFields();

    boolean isWithinLimits;
    try (var block = new LinkBuffer()) {
      new HeaderEncoder(HeaderLimits.DEFAULT_TABLE_BYTES).encode(sent, block);
      isWithinLimits =
          new HeaderDecoder(HeaderLimits.GRPC)
              .decode(block, block.size(), field -> reader.add(field.name(), field.value()));
    }

    assertThat(isWithinLimits).isFalse();
    var names = sent.stream().limit(100).map(HeaderField::name).toList();
    assertThat(names).extracting(String::hashCode).containsOnly(names.getFirst().hashCode());
    assertThat(reader.metadata().transientValues().keySet()).hasSameElementsAs(names);
  }

  /// Each bit of a number is one of two texts of the same hash code.
  private static Stream<String> namesOfOneHashCode(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            number ->
                IntStream.range(0, 8)
                    .mapToObj(bit -> (number >> bit & 1) == 0 ? "ap" : "c2")
                    .collect(Collectors.joining()));
  }

  @Test
  void joinsTheValuesOfOneName() {
    var fields = List.of(new HeaderField("x-a", "1"), new HeaderField("x-a", "2"));

    assertThat(read(fields).get("x-a")).contains("1,2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AQI", "AQI="})
  void readsBase64WithPaddingAndWithout(String value) {
    assertThat(read(List.of(new HeaderField("a-bin", value))).get("a-bin")).contains("AQI");
  }

  /// Values that mean nothing, as an empty field.
  @ParameterizedTest
  @ValueSource(strings = {",", ",,", " , "})
  void leavesOutListsOfNothing(String value) {
    var came = new ReplyMetadata();
    var fields =
        List.of(
            new HeaderField("a-bin", value),
            new HeaderField("a-bin", "AQI"),
            new HeaderField("b-bin", value));

    MetadataFields.read(fields, came);

    assertThat(read(fields)).isEqualTo(Metadata.of("a-bin", "AQI"));
    assertThat(came.values()).isEqualTo(Map.of("a-bin", "AQI"));
  }

  @Test
  void leavesOutWhatIsEmptyOfAListOfBytes() {
    assertThat(read(List.of(new HeaderField("a-bin", ",AQI=,,AQ"))).get("a-bin"))
        .contains("AQI,AQ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "A*==", "AQI==", "AQ\u00e4"})
  void row33RejectsWhatIsNoBase64(String value) {
    assertThatThrownBy(() -> read(List.of(new HeaderField("a-bin", value))))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("a-bin");
  }

  @Test
  void sendsTextUnderKeysOfKitexInUtf8() {
    var fields = new ArrayList<HeaderField>();
    var metadata = new Metadata(Map.of("USER", "gr\u00fcn"), Map.of("PLACE", "\u4e2d"));

    write(metadata, fields);

    assertThat(fields)
        .containsExactlyInAnyOrder(
            new HeaderField("rpc-transit-user", "gr\u00c3\u00bcn"),
            new HeaderField("rpc-persist-place", "\u00e4\u00b8\u00ad"));
    assertThat(read(fields)).isEqualTo(metadata);
  }

  /// Kitex, too, takes every name with this ending for bytes in base64.
  @Test
  void sendsTextInBase64UnderAKeyOfKitexThatEndsLikeBytes() {
    var fields = new ArrayList<HeaderField>();
    var metadata = new Metadata(Map.of("SEAL_BIN", "gr\u00fcn\n"), Map.of("KEY_BIN", "a"));

    write(metadata, fields);

    assertThat(fields)
        .containsExactlyInAnyOrder(
            new HeaderField("rpc-transit-seal-bin", "Z3LDvG4K"),
            new HeaderField("rpc-persist-key-bin", "YQ"));
    assertThat(read(fields)).isEqualTo(metadata);
  }

  @Test
  void refusesToSendWhatCanBeNoField() {
    for (var metadata :
        List.of(
            Metadata.of("x-a", "gr\u00fcn"),
            Metadata.of("x-a", "a\nb"),
            Metadata.of("USER", "a\nb"),
            Metadata.of("gr\u00fcn", "a"),
            Metadata.of("a-bin", "*"))) {
      assertThatThrownBy(() -> write(metadata, new ArrayList<>()))
          .isInstanceOf(MalformedMessageException.class);
    }
  }

  /// What any caller may set for all servers behind the one that it calls.
  @Test
  void passesOnWhatCameAsFarAsThatCanBe() {
    var came =
        read(
            List.of(
                new HeaderField("rpc-persist-a", "x\ty"),
                new HeaderField("rpc-persist-a!b", "1"),
                new HeaderField("baggage", "name=Zo\u00eb"),
                new HeaderField("rpc-persist-log-id", "7")));
    var fields = new ArrayList<HeaderField>();

    write(came.inherited(), fields);

    assertThat(came.persistentValues()).hasSize(4);
    assertThat(fields).containsExactly(new HeaderField("rpc-persist-log-id", "7"));
  }

  @Test
  void sendsAKeyOfTheProtocolsUnderAnotherName() {
    var fields = new ArrayList<HeaderField>();

    write(Metadata.of("grpc-status", "0"), fields);

    assertThat(fields).containsExactly(new HeaderField("rpc-transit-grpc-status", "0"));
  }

  /// HTTP/2 has no names with capitals.
  @Test
  void sendsAKeyThatIsAFieldsNameInSmallLetters() {
    var fields = new ArrayList<HeaderField>();

    write(Metadata.of("X-Tenant", "blue"), fields);
    write(Metadata.of("TENANT", "red"), fields);
    write(Metadata.of("Grpc-Status", "0"), fields);

    assertThat(fields)
        .containsExactly(
            new HeaderField("x-tenant", "blue"),
            new HeaderField("rpc-transit-tenant", "red"),
            new HeaderField("rpc-transit-grpc-status", "0"));
  }

  @Test
  void joinsTheValuesOfOneReplyAndReplacesThoseOfAnother() {
    var came = new ReplyMetadata();
    var field = new HeaderField("x-a", "1");

    MetadataFields.read(List.of(field, field), came);
    assertThat(came.get("x-a")).contains("1,1");
    MetadataFields.read(List.of(field), came);
    assertThat(came.get("x-a")).contains("1");
  }

  @Test
  void leavesOutOfAReplyWhatIsNoBase64() {
    var came = new ReplyMetadata();

    MetadataFields.read(List.of(new HeaderField("a-bin", "*"), new HeaderField("b", "1")), came);

    assertThat(came.values()).isEqualTo(Map.of("b", "1"));
  }

  @Test
  void bringsBackWhatAReplySays() {
    var sent = new ReplyMetadata();
    sent.put("x-order", "7");
    sent.put("ORDER_NO", "8");
    var fields = new ArrayList<HeaderField>(List.of(Trailers.OK));
    MetadataFields.write(sent, fields);
    var came = new ReplyMetadata();

    MetadataFields.read(fields, came);

    assertThat(came.values()).isEqualTo(Map.of("x-order", "7", "ORDER_NO", "8"));
  }
}
