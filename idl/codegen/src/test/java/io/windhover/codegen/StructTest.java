package io.windhover.codegen;

import static io.windhover.codegen.Everything.ID;
import static io.windhover.codegen.Everything.binary;
import static io.windhover.codegen.Everything.level;
import static io.windhover.codegen.Everything.scalars;
import static io.windhover.codegen.Everything.shape;
import static io.windhover.codegen.Everything.struct;
import static io.windhover.codegen.Everything.tree;
import static io.windhover.codegen.Everything.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.thrift.Binary;
import io.windhover.thrift.ThriftProtocolException;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Structs and exceptions of every kind, generated, compiled and run.
final class StructTest {

  @Test
  void scalarsTravel() {
    var scalars = scalars();

    assertThat(scalars.again()).isEqualTo(scalars).hasToString(scalars.toString());
  }

  @Test
  void aFreshStructWritesWhatHasAZero() {
    assertThat(struct("Scalars").hex())
        .isEqualTo(
            "02000100 03000200 0600030000 08000400000000 0a00050000000000000000 0400060000000000000000"
                    .replace(" ", "")
                + "0b000700000000 0b000800000000 00".replace(" ", ""));
  }

  @Test
  void optionalFieldsAreAbsentUntilSet() {
    var scalars = struct("Scalars");

    assertThat(scalars.call("hasMaybeInt")).isEqualTo(false);
    assertThat(scalars.get("maybeInt")).isEqualTo(0);
    assertThat(scalars.call("hasMaybeString")).isEqualTo(false);
    assertThat(scalars.get("maybeString")).isEqualTo("");
    assertThat(scalars.get("maybeUuid")).isNull();
    assertThat(scalars.set("maybeInt", 0).call("hasMaybeInt")).isEqualTo(true);
    assertThat(scalars.again().call("hasMaybeInt")).isEqualTo(true);
    scalars.call("clearMaybeInt");
    assertThat(scalars.again().call("hasMaybeInt")).isEqualTo(false);
    assertThat(scalars).isEqualTo(struct("Scalars"));
  }

  @Test
  void absentFieldsShowTheDefault() {
    var defaults = struct("Defaults");

    assertThat(defaults.get("maybeByte")).isEqualTo((byte) -1);
    assertThat(defaults.get("maybeString")).isEqualTo("perhaps");
    assertThat(defaults.get("maybeList")).isEqualTo(List.of("x"));
    assertThat(new Struct(defaults.get("maybePoint")).get("label")).isEqualTo("somewhere");
    assertThat(defaults.again().call("hasMaybeByte")).isEqualTo(false);
    assertThat(defaults.set("maybeByte", (byte) 7).call("hasMaybeByte")).isEqualTo(true);
    defaults.call("clearMaybeByte");
    assertThat(defaults.get("maybeByte")).isEqualTo((byte) -1);
  }

  @Test
  void defaultsHoldAndTravel() {
    var defaults = struct("Defaults");

    assertThat(defaults.get("aBool")).isEqualTo(true);
    assertThat(defaults.get("anInt")).isEqualTo(7);
    assertThat(defaults.get("aLong")).isEqualTo(0x7fffffffffL);
    assertThat(defaults.get("aDouble")).isEqualTo(1.0);
    assertThat(defaults.get("aString")).isEqualTo("a \"quoted\" `line`\n and C:\\user");
    assertThat(defaults.get("aBinary")).isEqualTo(binary("bytes"));
    assertThat(defaults.get("aUuid")).isEqualTo(ID);
    assertThat(defaults.get("aLevel")).isEqualTo(level("HIGH"));
    assertThat(defaults.get("bytes")).isEqualTo(List.of((byte) 1, (byte) 2));
    assertThat(defaults.get("longs")).hasToString("[3, 1, 2]");
    assertThat(((Map<?, ?>) defaults.get("shorts")).toString()).isEqualTo("{b=2, a=1, c=3}");
    assertThat(defaults.get("shape")).hasToString("Radius[value=1.5]");
    assertThat(defaults.get("nested")).hasToString("{LOW=[{pi=3.14, e=2.71}, {}]}");
    assertThat(defaults.again()).isEqualTo(defaults);
  }

  @Test
  void theTextShowsTheDefaultOfAnAbsentField() {
    assertThat(struct("Defaults").toString())
        .contains("maybeBool=true, maybeByte=-1, maybeLong=5, maybeString=perhaps, ")
        .contains("maybeLevel=LOW, maybeList=[x], maybePoint=Point[x=1, ");
    assertThat(struct("Scalars").toString()).contains("maybeBool=null, maybeByte=null, ");
  }

  @Test
  void aDefaultThatCanChangeIsNotShared() {
    var point = new Struct(struct("Defaults").get("point"));
    point.set("label", "elsewhere");

    assertThat(new Struct(struct("Defaults").get("point")).get("label")).isEqualTo("there");
  }

  @Test
  void requiredFieldsAreRequired() {
    var required = required();

    assertThat(required.again()).isEqualTo(required);
    assertThatThrownBy(() -> Struct.read(type("Required"), "00"))
        .isInstanceOf(ThriftProtocolException.class)
        .hasMessageContaining("Required.aBool");
    assertThatThrownBy(() -> struct("Required").hex())
        .isInstanceOf(ThriftProtocolException.class)
        .hasMessageContaining("Required.aString");
    for (var name : List.of("0800", "0b000a", "0f000b08", "0200", "0a00", "0c00", "0f0005")) {
      assertThat(required.hex()).contains(name);
    }
  }

  @Test
  void aRequiredNumberThatWasNotSetIsWrittenAsItIs() {
    assertThat(required().again().get("aLong")).isEqualTo(0L);
  }

  @Test
  void aRequiredFieldWithADefaultMustComeToo() {
    var hex = required().hex();
    var without = hex.replace("080009" + "00000004", "");

    assertThatThrownBy(() -> Struct.read(type("Required"), without))
        .isInstanceOf(ThriftProtocolException.class)
        .hasMessageContaining("Required.withDefault");
  }

  private static Struct required() {
    return struct("Required")
        .set("aString", "s")
        .set("aBinary", Binary.EMPTY)
        .set("aList", List.of())
        .set("aStruct", scalars())
        .set("aUnion", shape("Radius", 1.0))
        .set("aLevel", level("LOW"));
  }

  @Test
  void nullIsRefusedByName() {
    assertThatThrownBy(() -> struct("Scalars").set("aString", null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("aString");
  }

  @Test
  void unknownFieldsSurvive() {
    var hex = "08 0001 00000005 0f 0063 0b 00000001 00000002 6869 0a 0064 0000000000000001 00";

    var thing = Struct.read(Everything.type("plain", "Thing"), hex);

    assertThat(thing.get("size")).isEqualTo(5);
    assertThat(thing.hex()).isEqualTo(hex.replace(" ", ""));
    assertThat(new Struct(thing.call("deepCopy")).hex()).isEqualTo(hex.replace(" ", ""));
    assertThat(thing).isEqualTo(Everything.GENERATED.struct("plain.Thing").set("size", 5));
  }

  @Test
  void aFieldOfAnotherTypeIsNotTaken() {
    var thing = Struct.read(Everything.type("plain", "Thing"), "0a 0001 0000000000000001 00");

    assertThat(thing.get("size")).isEqualTo(0);
  }

  @Test
  void theLastOfRepeatedFieldsCounts() {
    var thing =
        Struct.read(Everything.type("plain", "Thing"), "08 0001 00000005 08 0001 00000006 00");

    assertThat(thing.get("size")).isEqualTo(6);
  }

  @Test
  void treesTravel() {
    assertThat(tree().again()).isEqualTo(tree());
  }

  @Test
  void treesMayNotBeTooDeep() {
    var tree = struct("Tree");
    for (int depth = 0; depth < 70; depth++) {
      tree = struct("Tree").set("left", tree);
    }

    assertThatThrownBy(tree::hex).isInstanceOf(ThriftProtocolException.class);
  }

  @Test
  void exceptionsAreStructs() {
    var failure =
        struct("Failure").set("message", "why").set("tree", tree()).set("level", level("LOW"));

    assertThat(failure.again()).isEqualTo(failure);
    assertThat((Exception) failure.value()).hasMessage("why");
    assertThat(failure.value().toString()).startsWith("Failure[message=why, tree=Tree[value=1, ");
    assertThat((Exception) struct("Silent").value()).hasMessage("Silent[]");
  }

  @Test
  void aStructWithoutFieldsTravels() {
    assertThat(struct("Nothing").again()).isEqualTo(struct("Nothing"));
    assertThat(struct("Nothing").hex()).isEqualTo("00");
  }

  @Test
  void onlyWhatUsersNeedIsPublic() {
    assertThat(Modifier.isPublic(type("EverythingCalls").getModifiers())).isFalse();
    assertThat(Modifier.isFinal(type("Scalars").getModifiers())).isTrue();
  }
}
