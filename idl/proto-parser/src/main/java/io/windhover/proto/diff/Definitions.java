package io.windhover.proto.diff;

import io.windhover.proto.EnumType;
import io.windhover.proto.Field;
import io.windhover.proto.MessageType;
import io.windhover.proto.ProtoFile;
import io.windhover.proto.Service;
import io.windhover.proto.Symbol;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// All that files define, by its full name in the new version, in the order of the files.
record Definitions(
    Map<String, MessageType> messages,
    Map<String, EnumType> enums,
    Map<String, Field> extensions,
    Map<String, Service> services) {

  /// @param name the full name of a definition in the new version
  static Definitions of(Collection<ProtoFile> files, Function<Symbol, String> name) {
    var all =
        new Definitions(
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>());
    for (ProtoFile file : files) {
      file.messages().forEach(it -> all.add(it, name));
      file.enums().forEach(it -> all.enums.putIfAbsent(name.apply(it), it));
      file.extensions().forEach(it -> all.extensions.putIfAbsent(name.apply(it), it));
      file.services().forEach(it -> all.services.putIfAbsent(name.apply(it), it));
    }
    return all;
  }

  private void add(MessageType message, Function<Symbol, String> name) {
    if (message.isMapEntry()) {
      return;
    }
    messages.putIfAbsent(name.apply(message), message);
    message.messages().forEach(it -> add(it, name));
    message.enums().forEach(it -> enums.putIfAbsent(name.apply(it), it));
    message.extensions().forEach(it -> extensions.putIfAbsent(name.apply(it), it));
  }

  /// Without the package.
  static String name(Symbol symbol) {
    String name = symbol.fullName();
    String prefix = symbol.file().packageName() + ".";
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }
}
