package io.windhover.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.thrift.Binary;
import io.windhover.thrift.ThriftProtocolException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Structs, unions, exceptions, enums and constants of every kind, generated, compiled and run.
final class EverythingTest {
  private static final String PACKAGE = "com.example.everything.";
  private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

  @TempDir static Path classes;
  private static Generated generated;

  @BeforeAll
  static void generate() {
    generated = Generated.load(classes, "everything/everything.thrift");
  }

  @Test
  void scalarsTravel() {
    var scalars = scalars();

    assertThat(scalars.again()).isEqualTo(scalars).hasToString(scalars.toString());
  }

  private static Struct scalars() {
    return struct("Scalars")
        .set("aBool", true)
        .set("aByte", (byte) -2)
        .set("aShort", (short) -3)
        .set("anInt", -4)
        .set("aLong", -5L)
        .set("aDouble", 6.5)
        .set("aString", "sieben")
        .set("aBinary", binary("eight"))
        .set("aUuid", ID)
        .set("aLevel", level("HIGH"))
        .set("maybeBool", false)
        .set("maybeByte", (byte) 0)
        .set("maybeShort", (short) 0)
        .set("maybeInt", 0)
        .set("maybeLong", 0L)
        .set("maybeDouble", 0.0)
        .set("maybeString", "")
        .set("maybeBinary", Binary.EMPTY)
        .set("maybeUuid", ID)
        .set("maybeLevel", level("LOW"));
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
  void aDefaultThatCanChangeIsNotShared() {
    var point = new Struct(struct("Defaults").get("point"));
    point.set("label", "elsewhere");

    assertThat(new Struct(struct("Defaults").get("point")).get("label")).isEqualTo("there");
  }

  @Test
  void containersTravel() {
    var containers = containers();

    assertThat(containers.again()).isEqualTo(containers);
    assertThat(containers.again()).hasToString(containers.toString());
    assertThat(struct("Containers").again()).isEqualTo(struct("Containers"));
  }

  private static Struct containers() {
    var point = point(1).value();
    var circle = shape("Radius", 2.5);
    return struct("Containers")
        .set("bools", List.of(true, false))
        .set("bytes", List.of((byte) 1))
        .set("shorts", List.of((short) 1))
        .set("ints", List.of(1, 2))
        .set("longs", List.of(1L, 2L))
        .set("doubles", List.of(1.5))
        .set("strings", List.of("a", "b"))
        .set("binaries", List.of(binary("a")))
        .set("uuids", List.of(ID))
        .set("levels", List.of(level("LOW"), unknownLevel()))
        .set("structs", List.of(scalars().value()))
        .set("shapes", List.of(circle, shape("Corner", point)))
        .set("names", Set.of("a", "b"))
        .set("byNumber", Map.of(1, "one", 2, "two"))
        .set("cube", List.of(List.of(List.of(1L), List.of()), List.of()))
        .set("maps", Map.of("a", Map.of(level("LOW"), Set.of(ID))))
        .set("oddKeys", Map.of(List.of(1, 2), Set.of(List.of("x"), List.of())))
        .set("deep", List.of(Map.of(point, List.of(circle))))
        .set("maybe", Set.of(Set.of((short) 1)))
        .set("copies", Map.of(List.of(point), List.of(List.of(point))));
  }

  @Test
  void copiesAreDeep() {
    var containers = containers();
    var copy = new Struct(containers.call("deepCopy"));

    assertThat(copy).isEqualTo(containers);
    var shared = ((List<?>) copy.get("structs")).getFirst();
    new Struct(shared).set("anInt", 99);
    assertThat(copy).isNotEqualTo(containers);
    var tree = tree();
    assertThat(new Struct(tree.call("deepCopy"))).isEqualTo(tree);
    var shape = new Struct(shape("Corner", point(3).value()));
    new Struct(new Struct(shape.call("deepCopy")).get("value")).set("x", 4);
    assertThat(shape).isEqualTo(new Struct(shape("Corner", point(3).value())));
  }

  @Test
  void theWireKeepsTheOrderOfMapsAndSets() {
    var numbers = new LinkedHashMap<Integer, String>();
    for (int i = 20; i > 0; i--) {
      numbers.put(i, "n");
    }
    var containers = struct("Containers").set("byNumber", numbers);

    assertThat(containers.again().hex()).isEqualTo(containers.hex());
  }

  @Test
  void everyArmOfAUnionTravels() {
    var arms =
        List.of(
            shape("Radius", 1.5),
            shape("Corner", point(1).value()),
            shape("Polygon", List.of(List.of(point(1).value()))),
            shape("Level", level("LOW")),
            shape("String", "text"),
            shape("Unknown_", true),
            shape("Shape_", shape("Codec_", 5L)),
            shape("Named", Map.of("a", shape("Radius", 1.0))));

    var codec = Struct.codec(type("Shape"));
    for (var arm : arms) {
      assertThat(Struct.read(type("Shape"), Struct.hex(codec, arm)).value()).isEqualTo(arm);
    }
  }

  @Test
  void anArmThatIsNotKnownTravels() {
    var hex = "0a 0063 0000000000000007 00";

    var shape = Struct.read(type("Shape"), hex);

    assertThat(shape.value().getClass().getSimpleName()).isEqualTo("Unknown");
    assertThat(Struct.hex(Struct.codec(type("Shape")), shape.value()))
        .isEqualTo(hex.replace(" ", ""));
    assertThat(Struct.read(type("Shape"), "00").value().getClass().getSimpleName())
        .isEqualTo("Unknown");
  }

  @Test
  void anArmOfAnotherTypeIsUnknown() {
    assertThat(Struct.read(type("Shape"), "08 0001 00000001 00").value().getClass().getSimpleName())
        .isEqualTo("Unknown");
  }

  @Test
  void unknownFieldsSurvive() {
    var hex = "08 0001 00000005 0f 0063 0b 00000001 00000002 6869 0a 0064 0000000000000001 00";

    var thing = Struct.read(generated.type("plain.Thing"), hex);

    assertThat(thing.get("size")).isEqualTo(5);
    assertThat(thing.hex()).isEqualTo(hex.replace(" ", ""));
    assertThat(new Struct(thing.call("deepCopy")).hex()).isEqualTo(hex.replace(" ", ""));
  }

  @Test
  void aFieldOfAnotherTypeIsNotTaken() {
    var thing = Struct.read(generated.type("plain.Thing"), "0a 0001 0000000000000001 00");

    assertThat(thing.get("size")).isEqualTo(0);
  }

  @Test
  void aListOfOtherElementsIsNotTaken() {
    var containers = Struct.read(type("Containers"), "0f 0004 0b 00000001 00000001 61 00");

    assertThat(containers.get("ints")).isEqualTo(List.of());
    var cube =
        Struct.read(
            type("Containers"), "0f 000f 0f 00000002 0b 00000001 00000001 61 0f 00000000 00");
    assertThat(cube.get("cube")).isEqualTo(List.of(List.of(), List.of()));
  }

  @Test
  void theLastOfRepeatedFieldsCounts() {
    var thing = Struct.read(generated.type("plain.Thing"), "08 0001 00000005 08 0001 00000006 00");

    assertThat(thing.get("size")).isEqualTo(6);
  }

  @Test
  void numbersThatNoItemHasTravelEverywhere() {
    var scalars = struct("Scalars").set("aLevel", unknownLevel());

    assertThat(scalars.again().get("aLevel"))
        .isEqualTo(unknownLevel())
        .hasToString("Unknown[value=1234]");
    var containers = struct("Containers").set("levels", List.of(unknownLevel()));
    assertThat(containers.again()).isEqualTo(containers);
  }

  @Test
  void itemsOfOneNumberAreOne() {
    assertThat(level("TOP")).isSameAs(level("HIGH"));
    assertThat(Struct.callStatic(generated.type("com.example.base.Level"), "of", 6))
        .isSameAs(level("HIGH"));
    assertThat(new Struct(level("BELOW")).call("value")).isEqualTo(-3);
    assertThat(new Struct(level("value_")).call("value")).isEqualTo(9);
  }

  @Test
  void treesTravel() {
    assertThat(tree().again()).isEqualTo(tree());
  }

  private static Struct tree() {
    var leaf = struct("Tree").set("value", 3);
    return struct("Tree")
        .set("value", 1)
        .set("children", List.of(leaf.value(), leaf.value()))
        .set("left", leaf)
        .set("named", Map.of("a", leaf.value()))
        .set("other", construct("OrLeaf$Leaf", int.class, 9));
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
    assertThatThrownBy(() -> construct("Shape$String", String.class, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("string");
  }

  @Test
  void exceptionsAreStructs() {
    var failure =
        struct("Failure").set("message", "why").set("tree", tree()).set("level", level("LOW"));

    assertThat(failure.again()).isEqualTo(failure);
    assertThat((Exception) failure.value()).hasMessage("why");
    assertThat(failure.value().toString()).startsWith("Failure(message=why, tree=Tree(value=1, ");
    assertThat((Exception) struct("Silent").value()).hasMessage("Silent()");
  }

  @Test
  void emptyDefinitionsWork() {
    assertThat(struct("Nothing").again()).isEqualTo(struct("Nothing"));
    assertThat(struct("Nothing").hex()).isEqualTo("00");
    assertThat(Struct.read(type("NoArm"), "00").value()).isInstanceOf(type("NoArm"));
    assertThat(Struct.callStatic(type("NoItem"), "of", 1)).hasToString("Unknown[value=1]");
  }

  @Test
  void constants() {
    var point = new Struct(fresh("CORNER"));

    assertThat(new Struct(fresh("CORNER")).set("x", 9)).isNotEqualTo(new Struct(fresh("CORNER")));
    assertThat(constant("YES")).isEqualTo(true);
    assertThat(constant("SMALL")).isEqualTo((byte) 1);
    assertThat(constant("BIG")).isEqualTo(1234567890123L);
    assertThat(constant("PI")).isEqualTo(3.14159);
    assertThat(constant("WHOLE")).isEqualTo(2.0);
    assertThat((String) constant("GREETING")).startsWith("héllo ").endsWith(" wörld");
    assertThat(constant("BLOB")).isEqualTo(binary("blob"));
    assertThat(constant("ID")).isEqualTo(ID);
    assertThat(constant("TOP_LEVEL")).isEqualTo(level("HIGH"));
    assertThat(constant("ODD_LEVEL")).hasToString("Unknown[value=77]");
    assertThat((List<?>) constant("NAMES")).hasSize(12);
    assertThat((Set<?>) constant("SOME")).hasToString("[z, a, m]");
    assertThat(constant("TABLE")).hasToString("{z=[1, 2], a=[], m=[7, 1]}");
    assertThat(point.get("x")).isEqualTo(0);
    assertThat(point.get("label")).isEqualTo("somewhere");
    assertThat(fresh("FOREST").toString()).contains("Leaf[value=4]");
    assertThat(fresh("ROUND")).isEqualTo(shape("Radius", 2.0));
    assertThat(fresh("PLACES").toString()).startsWith("{LOW=Point(x=1, y=2, label=low), HIGH=");
    assertThat((Exception) fresh("FAILED")).hasMessage("no");
    assertThatThrownBy(() -> ((Map<?, ?>) constant("TABLE")).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void onlyWhatUsersNeedIsPublic() {
    assertThat(Modifier.isPublic(type("EverythingCalls").getModifiers())).isFalse();
    assertThat(Modifier.isFinal(type("Scalars").getModifiers())).isTrue();
  }

  private static Object constant(String name) {
    try {
      return type("EverythingConstants").getField(name).get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /// A constant that can be changed, and so is made anew each time.
  private static Object fresh(String name) {
    return Struct.callStatic(type("EverythingConstants"), name);
  }

  private static Class<?> type(String name) {
    return generated.type(PACKAGE + name);
  }

  private static Struct struct(String name) {
    return generated.struct(PACKAGE + name);
  }

  private static Struct point(int x) {
    return generated.struct("com.example.base.Point").set("x", x);
  }

  private static Object level(String name) {
    try {
      return generated.type("com.example.base.Level").getField(name).get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Object unknownLevel() {
    return Struct.callStatic(generated.type("com.example.base.Level"), "of", 1234);
  }

  private static Object shape(String arm, Object value) {
    return construct("Shape$" + arm, null, value);
  }

  private static Object construct(String name, Class<?> parameter, Object value) {
    try {
      var constructor = type(name).getDeclaredConstructors()[0];
      assertThat(parameter == null || constructor.getParameterTypes()[0] == parameter).isTrue();
      return constructor.newInstance(value);
    } catch (InvocationTargetException e) {
      throw (RuntimeException) e.getCause();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Binary binary(String text) {
    return Binary.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
