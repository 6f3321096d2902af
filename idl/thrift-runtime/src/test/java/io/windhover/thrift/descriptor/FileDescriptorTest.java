package io.windhover.thrift.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.windhover.thrift.ThriftType;
import io.windhover.thrift.descriptor.FieldDescriptor.Requiredness;
import io.windhover.thrift.descriptor.TypeDescriptor.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The constants here are written by hand from the encoding in [Cursor] and [Decoder].
final class FileDescriptorTest {

  /// `a.thrift` with `struct P { 1: required i32 x, -1: list<P> next } (k = "v")` and `typedef P
  /// Q`.
  private static final String A =
      "1" // the version
          + "08a.thrift" // a new text of 8
          + "101" // one namespace, text 1 is the file's name
          + "*03a.b"
          + "0" // no includes
          + "2" // definitions
          + "1" // a struct with annotations
          + "01P" // text 4: 1 is a.thrift, 2 is *, 3 is a.b
          + "101k101v"
          + "2" // fields
          + "8" // required
          + "0" // one more than 0
          + "3" // i32
          + "01x"
          + "0" // neither
          + "5" // 3 less than one more
          + "9<04" // list of a reference to text 4 of this file
          + "04next"
          + "@01Q" // a typedef
          + "<04";

  private final FileDescriptor a = FileDescriptor.decode(List.of(), A);

  @Test
  void readsStructsAndTypedefs() {
    var struct = a.definition("P", StructDescriptor.class);

    assertThat(a.name()).isEqualTo("a.thrift");
    assertThat(a.namespaces()).isEqualTo(Map.of("*", "a.b"));
    assertThat(struct.annotations()).isEqualTo(Map.of("k", List.of("v")));
    assertThat(struct.fields())
        .extracting(
            FieldDescriptor::id,
            FieldDescriptor::requiredness,
            FieldDescriptor::type,
            FieldDescriptor::name)
        .containsExactly(
            tuple(1, Requiredness.REQUIRED, Scalar.I32, "x"),
            tuple(-1, Requiredness.DEFAULT, new TypeDescriptor.ListOf(named("P")), "next"));
    assertThat(struct.fields())
        .allMatch(it -> it.annotations().isEmpty() && it.doc().isEmpty())
        .allMatch(it -> it.defaultValue().isEmpty());
    assertThat(struct.field(-1)).isEqualTo(struct.field("next")).isPresent();
    var typedef = named("Q");
    assertThat(typedef.definition()).isInstanceOf(TypedefDescriptor.class);
    assertThat(typedef.trueType()).isEqualTo(named("P"));
    assertThat(typedef.wireType()).isEqualTo(ThriftType.STRUCT);
  }

  private TypeDescriptor.Named named(String name) {
    return new TypeDescriptor.Named(new Reference(a, name));
  }

  @Test
  void nobodyCanChangeIt() {
    var struct = a.definition("P", StructDescriptor.class);

    assertThatThrownBy(() -> struct.annotations().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> struct.fields().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> a.definitions().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> a.namespaces().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void joinsItsParts() {
    assertThat(FileDescriptor.decode(List.of(), A.substring(0, 9), A.substring(9)).definitions())
        .hasSize(2);
  }

  @Test
  void refersToIncludedFiles() {
    var b = FileDescriptor.decode(List.of(a), "1" + "08b.thrift" + "0" + "1" + "1@01R<101P");

    var typedef = b.definition("R", TypedefDescriptor.class);
    assertThat(typedef.target()).isEqualTo(named("P"));
    assertThat(b.include("a")).containsSame(a);
    assertThat(b.include("b")).isEmpty();
  }

  @Test
  void saysWhatIsNotThere() {
    assertThat(a.definition("R")).isEmpty();
    assertThatThrownBy(() -> a.definition("Q", StructDescriptor.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Q in a.thrift: TypedefDescriptor (expected: StructDescriptor)");
  }

  enum Malformed {
    EMPTY("", "end of text (expected: a digit)"),
    ANOTHER_VERSION("2", "version: 2 (expected: 1)"),
    NO_DIGIT("1 ", "digit: ' ' (expected: '0'..'o')"),
    A_NUMBER_WITHOUT_AN_END("1" + "o".repeat(14), "number: more than 64 bits"),
    A_TEXT_BEHIND_THE_END("10:a.thrift", "text length: 10 (expected: 0..8)"),
    A_TEXT_THAT_WAS_NOT_YET("15", "text: 5 (expected: 0..0)"),
    MORE_DEFINITIONS_THAN_CHARACTERS("101a00o0", "list length: 31 (expected: 0..0)"),
    NO_SUCH_INCLUDE("101a010", "includes: 0 (expected: 1)"),
    NO_SUCH_KIND("101a001L01X", "flags: 28 (expected: 0..27)"),
    NO_SUCH_TYPE("101a001@01X=", "type: 13 (expected: 0..12)"),
    NO_SUCH_REQUIREDNESS("101a001001X1H0001x", "flags: 24 (expected: 0..23)"),
    A_FIELD_ID_OF_17_BITS("101a001001X10onoo1", "field id: -1048559 (expected: -32768..32767)"),
    AN_ENUM_VALUE_OF_33_BITS(
        "101a001<01E10ooooooo101A", "enum value: -34359738368 (expected: -2147483648..2147483647)"),
    A_REFERENCE_TO_NOTHING("101a001@01X<001Y", "a refers to a:Y, which is not there"),
    A_BASE_THAT_IS_NO_SERVICE("101a002001X0H01S1020", "a refers to a:X, which is not there"),
    THE_SAME_NAME_TWICE("101a002001X0020", "a declares X twice"),
    TYPES_NESTED_TOO_DEEPLY("101a001@01X" + "9".repeat(301), "nested deeper than 300"),
    MORE("101a0000", "1 characters behind the end (expected: 0)");

    final String constant;
    final String message;

    Malformed(String constant, String message) {
      this.constant = constant;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejects(Malformed malformed) {
    assertThatThrownBy(() -> FileDescriptor.decode(List.of(), malformed.constant))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(malformed.message);
  }
}
