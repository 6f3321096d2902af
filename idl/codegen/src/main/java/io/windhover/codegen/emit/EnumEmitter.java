package io.windhover.codegen.emit;

import io.windhover.codegen.model.EnumItem;
import io.windhover.codegen.model.JavaSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Emits an enum: a sealed interface of the declared constants and of any other number.
public final class EnumEmitter {

  private final JavaSource out;
  private final String name;
  private final List<EnumItem> items;
  private final DescriptorMethod descriptor;

  public EnumEmitter(
      JavaSource out, String name, List<EnumItem> items, DescriptorMethod descriptor) {
    this.out = out;
    this.name = name;
    this.items = items;
    this.descriptor = descriptor;
  }

  public void emit(List<String> doc) {
    var distinct = new ArrayList<EnumItem>();
    var aliases = aliases(distinct);
    out.doc(doc);
    out.code("public sealed interface %s {".formatted(name));
    for (var item : items) {
      out.doc(item.doc());
      var alias = aliases.get(item.name());
      out.code(
          "%s %s = %s;"
              .formatted(name, item.name(), alias != null ? alias : "Known." + item.name()));
      out.blank();
    }
    out.docText("Returns the number that stands for this on the wire.");
    out.code("int value();");
    out.blank();
    of(distinct);
    descriptor.emit(out, "static", Set.of());
    out.blank();
    known(distinct);
    out.blank();
    out.docText("A number from a peer whose IDL declares more constants.");
    out.code("record Unknown(int value) implements %s {}".formatted(name));
    out.code("}");
  }

  /// Collects the items with a number of their own; returns the others, each with the name of the
  /// first item of the same number.
  private Map<String, String> aliases(List<EnumItem> distinct) {
    var firstNames = new HashMap<Integer, String>();
    var aliases = new HashMap<String, String>();
    for (var item : items) {
      var first = firstNames.putIfAbsent(item.value(), item.name());
      if (first == null) {
        distinct.add(item);
      } else {
        aliases.put(item.name(), first);
      }
    }
    return aliases;
  }

  private void of(List<EnumItem> distinct) {
    out.docText("Returns the constant of that number, or an [Unknown] that keeps it.");
    out.code("static %s of(int value) {".formatted(name));
    if (distinct.isEmpty()) {
      out.code("return new Unknown(value);");
    } else {
      out.code("return switch (value) {");
      distinct.forEach(item -> out.code("case %s -> %s;".formatted(item.value(), item.name())));
      out.code("default -> new Unknown(value);");
      out.code("};");
    }
    out.code("}");
  }

  private void known(List<EnumItem> distinct) {
    out.docText("The constants that the IDL declares.");
    out.code("enum Known implements %s {".formatted(name));
    var constants =
        distinct.stream()
            .map(item -> "%s(%s)".formatted(item.name(), item.value()))
            .collect(Collectors.joining(",\n"));
    out.code(constants + ";");
    out.blank();
    out.code("private final int value;");
    out.blank();
    out.code("Known(int value) {");
    out.code("this.value = value;");
    out.code("}");
    out.blank();
    out.code("@`Override`");
    out.code("public int value() {");
    out.code("return value;");
    out.code("}");
    out.code("}");
  }
}
