package io.windhover.codegen.check;

import io.windhover.codegen.model.JavaField;
import io.windhover.codegen.model.JavaNames;
import io.windhover.codegen.model.JavaSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The constants of the class that checks: patterns, bytes and sets, each made once.
final class CheckConstants {
  private final Map<String, String> namesByCode = new LinkedHashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();
  private String prefix = "";

  /// Sets what the names of the next constants begin with.
  void of(JavaField field) {
    var name = field.name();
    prefix =
        JavaNames.upperCase("", name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1));
  }

  /// Returns the name of the constant of that value.
  ///
  /// @param what it is, the end of its name
  String constant(String what, String type, String code) {
    var known = namesByCode.get(code);
    if (known != null) {
      return known;
    }
    var name = prefix + "_" + what;
    for (int i = 2; types.containsKey(name); i++) {
      name = prefix + "_" + what + "_" + i;
    }
    types.put(name, type);
    namesByCode.put(code, name);
    return name;
  }

  void emit(JavaSource out) {
    namesByCode.forEach(
        (code, name) ->
            out.code("private static final %s %s = ¦⟦%s;⟧".formatted(types.get(name), name, code)));
    if (!namesByCode.isEmpty()) {
      out.blank();
    }
  }
}
