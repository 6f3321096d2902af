package io.windhover.codegen.proto;

import io.windhover.proto.MessageType;
import io.windhover.proto.ProtoFile;
import io.windhover.proto.Symbol;
import io.windhover.proto.ast.Edition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Whose classes the messages of services are.
sealed interface MessageClasses {

  /// Returns the class of a message, as [ProtoNames#java].
  String java(MessageType message);

  /// Returns an expression that makes the codec of a message.
  String codec(MessageType message);

  /// Whether the class of a message has a name that classes of other packages can use.
  default boolean isInPackage(MessageType message) {
    return true;
  }

  /// Those of Windhover.
  record Ours(ProtoNames names) implements MessageClasses {
    @Override
    public String java(MessageType message) {
      return names.java(message);
    }

    @Override
    public String codec(MessageType message) {
      return "`GeneratedCodec`.of(%s.CODEC)".formatted(java(message));
    }
  }

  /// Those that protoc generates, by its rules for their names.
  record OfProtobufJava() implements MessageClasses {
    private static final String OUTER_SUFFIX = "OuterClass";

    @Override
    public String java(MessageType message) {
      var file = message.file();
      var path = message.name();
      for (var outer = message.parent(); outer.isPresent(); outer = outer.get().parent()) {
        path = outer.get().name() + "." + path;
      }
      var javaPackage = packageOf(file);
      var prefix = javaPackage.isEmpty() ? "" : javaPackage + ".";
      if (!hasOwnFiles(file)) {
        return "`%s%s`.%s".formatted(prefix, outerClass(file), path);
      }
      int dot = path.indexOf('.');
      return dot < 0
          ? "`%s%s`".formatted(prefix, path)
          : "`%s%s`%s".formatted(prefix, path.substring(0, dot), path.substring(dot));
    }

    private static String packageOf(ProtoFile file) {
      return file.options()
          .text("java_package")
          .filter(it -> !it.isEmpty())
          .orElse(file.packageName());
    }

    @Override
    public boolean isInPackage(MessageType message) {
      return !packageOf(message.file()).isEmpty();
    }

    private static boolean hasOwnFiles(ProtoFile file) {
      return file.edition().isSince(Edition.EDITION_2024)
          || file.options().isTrue("java_multiple_files");
    }

    private static String outerClass(ProtoFile file) {
      return file.options()
          .text("java_outer_classname")
          .orElseGet(
              () -> {
                var name = camelCase(file.name());
                return isTaken(file, name) ? name + OUTER_SUFFIX : name;
              });
    }

    /// `user_data.proto` is `UserData`.
    private static String camelCase(String path) {
      var base = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.[^.]*$", "");
      var name = new StringBuilder();
      boolean isStart = true;
      for (int i = 0; i < base.length(); i++) {
        char c = base.charAt(i);
        if (Character.isLetterOrDigit(c)) {
          name.append(isStart ? Character.toString(c).toUpperCase(Locale.ROOT) : c);
          isStart = Character.isDigit(c);
        } else {
          isStart = true;
        }
      }
      return name.toString();
    }

    private static boolean isTaken(ProtoFile file, String name) {
      List<Symbol> types = new ArrayList<>();
      file.messages().forEach(it -> add(it, types));
      types.addAll(file.enums());
      types.addAll(file.services());
      return types.stream().anyMatch(it -> it.name().equals(name));
    }

    private static void add(MessageType message, List<Symbol> all) {
      all.add(message);
      all.addAll(message.enums());
      message.messages().forEach(it -> add(it, all));
    }

    @Override
    public String codec(MessageType message) {
      return "`ProtobufCodec`.of(%s.getDefaultInstance())".formatted(java(message));
    }
  }
}
