package io.windhover.interop;

import io.windhover.buffer.LinkBuffer;
import io.windhover.interop.palette.Shade;
import io.windhover.interop.rules.Bytes;
import io.windhover.interop.rules.Choice;
import io.windhover.interop.rules.Chooser;
import io.windhover.interop.rules.Color;
import io.windhover.interop.rules.Containers;
import io.windhover.interop.rules.DivideByZero;
import io.windhover.interop.rules.Enums;
import io.windhover.interop.rules.Failure;
import io.windhover.interop.rules.Flags;
import io.windhover.interop.rules.Fraction;
import io.windhover.interop.rules.Functions;
import io.windhover.interop.rules.Leaf;
import io.windhover.interop.rules.Numbers;
import io.windhover.interop.rules.OptionalBytes;
import io.windhover.interop.rules.OptionalContainers;
import io.windhover.interop.rules.OptionalNumbers;
import io.windhover.interop.rules.Patterns;
import io.windhover.interop.rules.References;
import io.windhover.interop.rules.Structs;
import io.windhover.interop.rules.Texts;
import io.windhover.interop.rules.UnsetReference;
import io.windhover.thrift.Binary;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.BinaryWriter;
import io.windhover.thrift.StructCodec;
import io.windhover.thrift.validation.Validated;
import io.windhover.thrift.validation.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Structs of `rules.thrift` that keep its rules, and structs that break one.
final class RuleSamples {

  /// A struct as it travels.
  ///
  /// @param violations what we find in the struct that is read from these bytes
  record Sample(String name, String struct, String hex, List<Violation> violations) {
    String verdict() {
      return violations.isEmpty() ? "valid" : "invalid";
    }
  }

  private final List<Sample> samples = new ArrayList<>();

  private RuleSamples() {}

  static List<Sample> all() {
    var all = new RuleSamples();
    all.numbers();
    all.optionalNumbers();
    all.texts();
    all.patterns();
    all.bytes();
    all.flagsAndEnums();
    all.containers();
    all.structs();
    all.references();
    all.functions();
    return all.samples;
  }

  private void numbers() {
    add("numbers", new Numbers());
    add("small 0", new Numbers().small((byte) 0));
    add("small 15", new Numbers().small((byte) 15));
    add("small 16", new Numbers().small((byte) 16));
    add("medium -10", new Numbers().medium((short) -10));
    add("medium -11", new Numbers().medium((short) -11));
    add("medium 8, octal 10", new Numbers().medium((short) 8));
    add("medium 9", new Numbers().medium((short) 9));
    add("exact 8", new Numbers().exact(8));
    add("large 1000", new Numbers().large(1000));
    add("large 3", new Numbers().large(3));
    add("other 3", new Numbers().other(3));
    add("other 5", new Numbers().other(5));
    add("ratio 0", new Numbers().ratio(0));
    add("ratio 1000", new Numbers().ratio(1000));
    add("ratio 1000.5", new Numbers().ratio(1000.5));
    add("ratio not a number", new Numbers().ratio(Double.NaN));
    add("listed -0.0", new Numbers().listed(-0.0));
    add("listed 2", new Numbers().listed(2));
    add("unlisted 2.5", new Numbers().unlisted(2.5));
  }

  private void optionalNumbers() {
    var needed = new OptionalNumbers().needed(6);
    add("optional unset", needed);
    add("optional kept", needed.deepCopy().plain(6).ratio(0.1).flag(true));
    add("optional broken", needed.deepCopy().plain(5));
    add("optional ratio", needed.deepCopy().ratio(0.5));
    add("optional flag", needed.deepCopy().flag(false));
    add("needed unset", new OptionalNumbers());
    add("needed broken", new OptionalNumbers().needed(5));
    add("default broken", needed.deepCopy().standard(5));
  }

  private void texts() {
    add("texts", new Texts().needed("n"));
    for (var text : List.of("é", "日", "😀", "a", "abcde", "日日")) {
      add("sized " + text, new Texts().sized(text).needed("n"));
    }
    for (var text : List.of("😀😀", "日", "日本語", "日本語!")) {
      add("counted " + text, new Texts().counted(text).needed("n"));
    }
    add("matched", new Texts().matched("1").needed("n"));
    add("mail without @", new Texts().mail("ab.c").needed("n"));
    add("mail prefix", new Texts().mail("b@b.c").needed("n"));
    add("mail suffix", new Texts().mail("a@b.d").needed("n"));
    add("mail with space", new Texts().mail("a@ b.c").needed("n"));
    add("exact", new Texts().exact("x y").needed("n"));
    add("listed in brackets", new Texts().listed("[b]").needed("n"));
    add("listed b", new Texts().listed("b").needed("n"));
    add("unlisted", new Texts().unlisted("c").needed("n"));
    add("maybe empty", new Texts().maybe("").needed("n"));
    add("needed empty", new Texts().needed(""));
  }

  private void patterns() {
    add("patterns", new Patterns());
    add("word", new Patterns().word("ab"));
    add("any of a line break", new Patterns().any("\n"));
    add("any of a carriage return", new Patterns().any("\r"));
    add("any before a line break", new Patterns().any("x\n"));
    add("vertical tab", new Patterns().space("\u000b"));
    add("form feed", new Patterns().space("\f"));
    add("folded", new Patterns().folded("e"));
    add("posix", new Patterns().posix("a:"));
    add("script", new Patterns().script("αa"));
    add("lines", new Patterns().lines("ab\nab"));
    add("lines of Windows", new Patterns().lines("a\r\nb"));
    add("named", new Patterns().named("20x4"));
    add("odd", new Patterns().odd("a"));
  }

  private void bytes() {
    add("bytes", new Bytes());
    add("bytes short", new Bytes().sized(bytes("a")));
    add("bytes long", new Bytes().sized(bytes("日日")));
    add("bytes exact", new Bytes().exact(bytes("abc")));
    add("bytes parts", new Bytes().parts(bytes("axbc")));
    add("bytes matched", new Bytes().matched(bytes("ab")));
    add("bytes listed", new Bytes().listed(bytes("c")));
    add("bytes unlisted", new Bytes().unlisted(bytes("b")));
    add("optional bytes", new OptionalBytes().maybe(bytes("x")));
    add("optional bytes empty", new OptionalBytes().maybe(Binary.EMPTY));
    add("optional bytes unset", new OptionalBytes());
  }

  private void flagsAndEnums() {
    add("flags", new Flags());
    add("flag yes", new Flags().yes(false));
    add("flag no", new Flags().no(true));
    add("flag same", new Flags().same(false));
    add("enums", new Enums());
    add("enum exact", new Enums().exact(Color.GREEN));
    add("enum listed", new Enums().listed(Color.BLUE));
    add("enum listed second", new Enums().listed(Color.GREEN));
    add("enum unlisted", new Enums().unlisted(Color.BLUE));
    add("enum undefined", new Enums().defined(Color.of(9)));
    add("enum maybe undefined", new Enums().maybe(Color.of(9)));
    add("enum maybe", new Enums().maybe(Color.BLUE));
    add("enum of another file", new Enums().far(Shade.LIGHT));
  }

  private void containers() {
    var leaf = new Leaf().number(10);
    add("containers", new Containers());
    add("list empty", new Containers().sized(List.of()));
    add("list long", new Containers().sized(List.of(1, 2, 3)));
    add("list element", new Containers().texts(List.of("a", "")));
    add("set element", new Containers().numbers(Set.of(1, 0)));
    add("set long", new Containers().numbers(Set.of(1, 2, 3, 4)));
    add("map long", new Containers().entries(Map.of("a", 1, "b", 2, "c", 3)));
    add("map key", new Containers().entries(Map.of("", 1)));
    add("map value", new Containers().entries(Map.of("a", 0)));
    add("matrix", new Containers().matrix(List.of(List.of(1), List.of(4, 5))));
    add("matrix row", new Containers().matrix(List.of(List.of(1, 2, 3))));
    add("groups", new Containers().groups(Map.of("a", List.of(1))));
    add("groups empty", new Containers().groups(Map.of("a", List.of())));
    add("groups value", new Containers().groups(Map.of("a", List.of(0))));
    add("maybe long", new Containers().maybe(List.of(1, 2, 3)));
    add("optional list", new OptionalContainers().filled(List.of(1)));
    add("optional list empty", new OptionalContainers().filled(List.of()));
    add("optional list unset", new OptionalContainers());
    add("unchecked elements", new Containers().unchecked(List.of(leaf)));
    add("checked elements", new Containers().leaves(List.of(new Leaf(), leaf)));
    add("checked values", new Containers().tree(Map.of("a", leaf)));
  }

  private void structs() {
    var good = new Leaf().number(9);
    var bad = new Leaf().number(10);
    var structs = new Structs().leaf(good).skipped(good).needed(good);
    add("structs", structs);
    add("struct field", structs.deepCopy().leaf(bad));
    add("struct skipped", structs.deepCopy().skipped(bad));
    add("struct optional", structs.deepCopy().maybe(bad));
    add("struct needed", structs.deepCopy().needed(bad));
    add("struct needed unset", structs.deepCopy().clearNeeded());
    add("struct in itself", structs.deepCopy().again(structs.deepCopy().leaf(bad)));
    add("struct unset", new Structs().needed(good));
    add("union", new Chooser().choice(new Choice.Number(9)));
    add("union number", new Chooser().choice(new Choice.Number(10)));
    add("union struct", new Chooser().choice(new Choice.Leaf(bad)));
    add("union text", new Chooser().choice(new Choice.Text("")));
    add("union unset", new Chooser());
    add("exception", new Failure());
    add("exception broken", new Failure().message("too long"));
  }

  private void references() {
    var references = new References().limit(1);
    add("references", references);
    add("reference low", references.deepCopy().between(0));
    add("reference high", references.deepCopy().between(10));
    add("reference wide", references.deepCopy().wide(9));
    add("reference wider than 32 bits", references.deepCopy().wide(1L << 32));
    add("reference narrow", references.deepCopy().narrow((byte) 100));
    add("reference to unset", new References());
    add("reference limit", references.deepCopy().limit(6));
    add("reference prefix", references.deepCopy().whole("xab"));
    add("reference size", references.deepCopy().high(2).between(2).wide(1).whole("abc"));
    add("reference items", references.deepCopy().items(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)));
    add("reference listed", references.deepCopy().listed(9));
    add("reference unlisted", references.deepCopy().listed(8));
    add("above a fraction", new Fraction());
    add("just below a fraction", new Fraction().floored(2));
    add("unset reference", new UnsetReference().limited(5));
    add("set reference", new UnsetReference().limit(6).limited(5));
    add("set reference broken", new UnsetReference().limit(5).limited(5));
  }

  private void functions() {
    add("functions", new Functions());
    add("function len", new Functions().name("ab").label("ab-3"));
    add("function len of list", new Functions().items(List.of(1)));
    add("function add", new Functions().sum(10));
    add("function mod", new Functions().rest(0));
    add("function now", new Functions().past(Long.MAX_VALUE));
    add("function sprintf", new Functions().label("abc-4"));
    add("function sprintf of UTF-8", new Functions().name("é!").label("é!-3"));
    add("assertion", new Functions().name("a").size(1).sum(3).rest(1).label("a-1"));
    add("second assertion", new Functions().count(1));
    add("divided", new DivideByZero());
    add("divided by zero", new DivideByZero().divisor(0));
  }

  private static Binary bytes(String text) {
    return Binary.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private void add(String name, Object struct) {
    var codec = codec(struct);
    var bytes = write(codec, struct);
    try (var buffer = LinkBuffer.wrap(bytes)) {
      var read = (Validated) codec.read(new BinaryReader(buffer));
      var hex = HexFormat.of().formatHex(bytes);
      samples.add(new Sample(name, struct.getClass().getSimpleName(), hex, read.violations()));
    }
  }

  private static byte[] write(StructCodec<Object> codec, Object struct) {
    try (var buffer = new LinkBuffer()) {
      codec.write(struct, new BinaryWriter(buffer));
      var bytes = new byte[buffer.size()];
      buffer.readBytes(bytes, 0, bytes.length);
      return bytes;
    }
  }

  @SuppressWarnings("unchecked") // each generated struct has the codec for itself
  private static StructCodec<Object> codec(Object struct) {
    try {
      return (StructCodec<Object>) struct.getClass().getField("CODEC").get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
