package io.windhover.codegen;

import io.windhover.thrift.Binary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What `everything.thrift` gives, generated and compiled once for all tests of it.
final class Everything {
  static final Generated GENERATED =
      Generated.load(Path.of("target/everything"), "everything/everything.thrift");

  static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

  private static final String PACKAGE = "com.example.everything";
  private static final String BASE = "com.example.base";

  private Everything() {}

  static Class<?> type(String name) {
    return type(PACKAGE, name);
  }

  static Class<?> type(String packageName, String name) {
    return GENERATED.type(packageName + "." + name);
  }

  static Struct struct(String name) {
    return Struct.create(type(name));
  }

  static Struct scalars() {
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

  static Struct tree() {
    var leaf = struct("Tree").set("value", 3);
    return struct("Tree")
        .set("value", 1)
        .set("children", List.of(leaf.value(), leaf.value()))
        .set("left", leaf)
        .set("named", Map.of("a", leaf.value()))
        .set("other", Struct.construct(type("OrLeaf$Leaf"), 9));
  }

  static Struct point(int x) {
    return Struct.create(type(BASE, "Point")).set("x", x);
  }

  static Object level(String name) {
    return Struct.constant(type(BASE, "Level"), name);
  }

  static Object unknownLevel() {
    return Struct.callStatic(type(BASE, "Level"), "of", 1234);
  }

  static Object shape(String arm, Object value) {
    return Struct.construct(type("Shape$" + arm), value);
  }

  static Binary binary(String text) {
    return Binary.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
