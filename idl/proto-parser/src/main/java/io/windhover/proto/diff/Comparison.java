package io.windhover.proto.diff;

import io.windhover.proto.Field;
import io.windhover.proto.ProtoFile;
import io.windhover.proto.Symbol;
import io.windhover.source.Span;
import io.windhover.source.diff.Change;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Compares two versions of a `.proto` file.
public final class Comparison {
  private static final List<String> JAVA_OPTIONS =
      List.of("java_package", "java_outer_classname", "java_multiple_files");

  private final Changes changes = new Changes();
  private final NewNames names;
  private final TypeComparison types;
  private final FieldComparison fields;

  private Comparison(NewNames names) {
    this.names = names;
    types = new TypeComparison(names);
    fields = new FieldComparison(types, changes);
  }

  /// Compares two files, whatever their names, and those that they import, at any depth, by their
  /// names. A definition may have moved from one of these files to another.
  ///
  /// @return what has changed of the files, the messages, the enums, the extensions and the
  ///   services, each in the order of the old version, what is new behind it
  public static List<Change> of(ProtoFile before, ProtoFile after) {
    Map<String, ProtoFile> old = closure(before);
    Map<String, ProtoFile> now = closure(after);
    var pairs = pairs(before, after, old, now);
    var comparison = new Comparison(new NewNames(pairs));
    pairs.forEach(comparison::compareFiles);
    comparison.compare(old.values(), now.values());
    return comparison.changes.found();
  }

  /// A file and those that it imports, by their names.
  private static Map<String, ProtoFile> closure(ProtoFile file) {
    var found = new LinkedHashMap<String, ProtoFile>(Map.of(file.name(), file));
    var open = new ArrayDeque<ProtoFile>(List.of(file));
    while (!open.isEmpty()) {
      for (ProtoFile.Imported it : open.remove().imports()) {
        if (found.putIfAbsent(it.file().name(), it.file()) == null) {
          open.add(it.file());
        }
      }
    }
    return found;
  }

  private static Map<ProtoFile, ProtoFile> pairs(
      ProtoFile before, ProtoFile after, Map<String, ProtoFile> old, Map<String, ProtoFile> now) {
    var pairs = new LinkedHashMap<ProtoFile, ProtoFile>();
    pairs.put(before, after);
    old.forEach(
        (name, file) -> {
          ProtoFile counterpart = now.get(name);
          if (counterpart != null && counterpart != after) {
            pairs.putIfAbsent(file, counterpart);
          }
        });
    return pairs;
  }

  private void compare(Collection<ProtoFile> before, Collection<ProtoFile> after) {
    var old = Definitions.of(before, names::of);
    var now = Definitions.of(after, Symbol::fullName);
    compare(old.messages(), now.messages(), ProtoChange.MESSAGE_REMOVED, fields::compare);
    compare(
        old.enums(),
        now.enums(),
        ProtoChange.ENUM_REMOVED,
        (a, b) -> new EnumComparison(changes).compare(a, b));
    compare(
        old.extensions(), now.extensions(), ProtoChange.EXTENSION_REMOVED, this::compareExtensions);
    compare(
        old.services(),
        now.services(),
        ProtoChange.SERVICE_REMOVED,
        (a, b) -> new ServiceComparison(types, changes).compare(a, b));
  }

  private void compareFiles(ProtoFile before, ProtoFile after) {
    if (!before.packageName().equals(after.packageName())) {
      String message =
          "is %s, was %s".formatted(text(after.packageName()), text(before.packageName()));
      changes.add(ProtoChange.PACKAGE_CHANGED, "package", message, start(before), start(after));
    }
    for (String option : JAVA_OPTIONS) {
      String old = option(before, option);
      String now = option(after, option);
      if (!old.equals(now)) {
        String message = "is %s, was %s".formatted(text(now), text(old));
        changes.add(ProtoChange.JAVA_OPTION_CHANGED, option, message, start(before), start(after));
      }
    }
  }

  private static String option(ProtoFile file, String name) {
    return file.options().text(name).orElse(file.options().isTrue(name) ? "true" : "");
  }

  private static String text(String value) {
    return value.isEmpty() ? "none" : value;
  }

  private static Span start(ProtoFile file) {
    return file.syntax()
        .packageName()
        .map(it -> it.name().span())
        .orElse(file.syntax().file().span(0, 0));
  }

  /// Of a file that only one version imports nothing is gone or new: it may be there in the other.
  private <T extends Symbol> void compare(
      Map<String, T> before, Map<String, T> after, ProtoChange removed, BiConsumer<T, T> compare) {
    before.forEach(
        (name, old) -> {
          T now = after.get(name);
          if (now != null) {
            compareFiles(old, now);
            compare.accept(old, now);
          } else if (names.files().containsKey(old.file())) {
            String message = noun(old) + " is gone";
            changes.add(removed, Definitions.name(old), message, old.span(), null);
          }
        });
    after.forEach(
        (name, now) -> {
          if (!before.containsKey(name) && names.files().containsValue(now.file())) {
            String message = noun(now) + " is new";
            changes.add(
                ProtoChange.DEFINITION_ADDED, Definitions.name(now), message, null, now.span());
          }
        });
  }

  private void compareFiles(Symbol before, Symbol after) {
    boolean isOutermost = !Definitions.name(after).contains(".");
    ProtoFile file = names.files().get(before.file());
    boolean isMoved =
        file == null ? !before.file().name().equals(after.file().name()) : file != after.file();
    if (isOutermost && isMoved) {
      String message = "%s is in %s".formatted(noun(after), after.file());
      changes.add(ProtoChange.DEFINITION_MOVED, Definitions.name(before), message, before, after);
    }
  }

  /// Such as `message`.
  private static String noun(Symbol symbol) {
    return symbol.kind().substring(symbol.kind().indexOf(' ') + 1);
  }

  private void compareExtensions(Field before, Field after) {
    String subject = Definitions.name(before);
    if (!names.areOne(before.message(), after.message())) {
      String message = "extends %s, did %s".formatted(after.message(), before.message());
      changes.add(ProtoChange.EXTENDEE_CHANGED, subject, message, before, after);
    } else if (before.number() != after.number()) {
      String message = "number is %d, was %d".formatted(after.number(), before.number());
      changes.add(ProtoChange.FIELD_NUMBER_CHANGED, subject, message, before, after);
    } else {
      fields.compare(subject, before, after);
    }
  }
}
