package io.windhover.thrift.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.thrift.ThriftType;
import io.windhover.thrift.descriptor.FieldDescriptor.Requiredness;
import io.windhover.thrift.descriptor.TypeDescriptor.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        .containsExactly(
            new FieldDescriptor(
                1, Requiredness.REQUIRED, Scalar.I32, "x", Optional.empty(), Map.of(), ""),
            new FieldDescriptor(
                -1,
                Requiredness.DEFAULT,
                new TypeDescriptor.ListOf(new Reference(a, "P")),
                "next",
                Optional.empty(),
                Map.of(),
                ""));
    assertThat(struct.field(-1)).isEqualTo(struct.field("next")).isPresent();
    var typedef = new Reference(a, "Q");
    assertThat(typedef.definition()).isInstanceOf(TypedefDescriptor.class);
    assertThat(typedef.trueType()).isEqualTo(new Reference(a, "P"));
    assertThat(typedef.wireType()).isEqualTo(ThriftType.STRUCT);
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
    assertThat(typedef.type()).isEqualTo(new Reference(a, "P"));
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
    EMPTY("", "the end"),
    ANOTHER_VERSION("2", "version 2 (expected: 1)"),
    NO_DIGIT("1 ", "' ' (expected: a digit)"),
    A_NUMBER_WITHOUT_AN_END("1" + "o".repeat(14), "a number without an end"),
    A_TEXT_BEHIND_THE_END("10:a.thrift", "a text of 10"),
    A_TEXT_THAT_WAS_NOT_YET("15", "5 (expected: 0..0)"),
    MORE_DEFINITIONS_THAN_CHARACTERS("101a00o0", "31 (expected:"),
    NO_SUCH_INCLUDE("101a010", "0 includes (expected: 1)"),
    NO_SUCH_KIND("101a001L01X", "kind 7"),
    NO_SUCH_TYPE("101a001@01X=", "13 (expected: 0..12)"),
    NO_SUCH_REQUIREDNESS("101a001001X1H0001x", "flags 24"),
    A_FIELD_ID_OF_17_BITS("101a001001X10onoo1", "field id"),
    A_REFERENCE_TO_NOTHING("101a001@01X<001Y", "a refers to Y of a, which is not there"),
    A_BASE_THAT_IS_NO_SERVICE("101a002001X0H01S1020", "a refers to X of a, which is not there"),
    THE_SAME_NAME_TWICE("101a002001X0020", "a declares X twice"),
    TYPES_NESTED_TOO_DEEPLY("101a001@01X" + "9".repeat(301), "nested deeper than 300"),
    MORE("101a0000", "more than there should be");

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
        .isInstanceOf(DescriptorException.class)
        .hasMessageContaining(malformed.message);
  }
}
