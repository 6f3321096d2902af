package io.windhover.proto;

import io.windhover.proto.ast.MessageDef;
import io.windhover.proto.ast.Visibility;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks that a file uses messages and enums of others only if these let it: edition 2024 has
/// words for that.
final class VisibilityChecker {
  private final Diagnostics diagnostics;

  VisibilityChecker(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(ProtoFile file) {
    file.messages().forEach(this::check);
    file.extensions().forEach(this::checkExtension);
    file.enums().forEach(this::checkNested);
    for (Service service : file.services()) {
      for (Method method : service.methods()) {
        check(method.input(), method.syntax().input().name().span(), file);
        check(method.output(), method.syntax().output().name().span(), file);
      }
    }
  }

  private void check(MessageType message) {
    checkNested(message);
    message.messages().forEach(this::check);
    message.enums().forEach(this::checkNested);
    message.fields().forEach(this::checkType);
    message.extensions().forEach(this::checkExtension);
  }

  private void checkExtension(Field extension) {
    check(extension.message(), extension.span(), extension.file());
    checkType(extension);
  }

  private void checkType(Field field) {
    Span span = field.isOfMapEntry() ? field.span() : field.syntax().type().span();
    switch (field.type()) {
      case FieldType.OfMessage(var message) -> check(message, span, field.file());
      case FieldType.OfEnum(var type) -> check(type, span, field.file());
      case FieldType.OfScalar _, FieldType.Unresolved _ -> {}
    }
  }

  private void check(Symbol type, Span span, ProtoFile from) {
    if (type.file() != from && !isExported(type)) {
      diagnostics.report(
          Diagnostic.of(
                  ProtoRule.LOCAL_NAME,
                  span,
                  "'%s' is local to '%s'".formatted(type.fullName(), type.file()))
              .withLabel(type.span(), "defined here")
              .withHelp("write 'export' before it"));
    }
  }

  private static boolean isExported(Symbol type) {
    Optional<Visibility> written = visibility(type);
    if (written.isPresent()) {
      return written.get() == Visibility.EXPORT;
    }
    return switch (type.file().features().defaultVisibility()) {
      case EXPORT_ALL -> true;
      case EXPORT_TOP_LEVEL -> parent(type) == null;
      case LOCAL_ALL, STRICT -> false;
    };
  }

  /// Where only what stands at the top may be exported, but for enums in a message that is nothing
  /// but their name space.
  private void checkNested(Symbol type) {
    MessageType parent = parent(type);
    boolean isStrict =
        type.file().features().defaultVisibility() == Features.DefaultVisibility.STRICT;
    boolean isExport = visibility(type).filter(Visibility.EXPORT::equals).isPresent();
    if (parent == null || !isStrict || !isExport) {
      return;
    }
    if (!(type instanceof EnumType && isNameSpace(parent))) {
      diagnostics.report(
          ProtoRule.LOCAL_NAME,
          type.span(),
          "'" + type.name() + "' is exported, and stands in a message",
          "features.default_symbol_visibility = STRICT allows that at the top of a file only");
    }
  }

  private static boolean isNameSpace(MessageType message) {
    var ranges = message.reserved().ranges();
    return message.parent().isEmpty()
        && visibility(message).filter(Visibility.EXPORT::equals).isEmpty()
        && ranges.size() == 1
        && ranges.getFirst().first() == 1
        && ranges.getFirst().last() == Field.MAX_NUMBER;
  }

  private static Optional<Visibility> visibility(Symbol type) {
    return switch (type) {
      case MessageType message -> message.syntax().flatMap(MessageDef::visibility);
      case EnumType it -> it.syntax().visibility();
      case EnumValue _, Field _, Method _, Oneof _, Service _ -> Optional.empty();
    };
  }

  private static @Nullable MessageType parent(Symbol type) {
    return switch (type) {
      case MessageType message -> message.parent().orElse(null);
      case EnumType it -> it.parent().orElse(null);
      case EnumValue _, Field _, Method _, Oneof _, Service _ -> null;
    };
  }
}
