package io.windhover.proto;

import io.windhover.proto.ast.Import;
import io.windhover.proto.ast.Name;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Resolves the names of types: of fields, of what is extended, of methods.
final class TypeLinker {
  private final Names names;
  private final Map<Field, Name> extendees;
  private final ImportUses uses;
  private final Diagnostics diagnostics;

  TypeLinker(Names names, Map<Field, Name> extendees, ImportUses uses, Diagnostics diagnostics) {
    this.names = names;
    this.extendees = extendees;
    this.uses = uses;
    this.diagnostics = diagnostics;
  }

  void link(ProtoFile file) {
    file.messages().forEach(this::link);
    file.extensions().forEach(this::link);
    for (Service service : file.services()) {
      for (Method method : service.methods()) {
        method.link(
            message(method.syntax().input().name(), method.fullName(), file),
            message(method.syntax().output().name(), method.fullName(), file));
      }
    }
  }

  private void link(MessageType message) {
    message.messages().forEach(this::link);
    message.fields().forEach(this::link);
    message.extensions().forEach(this::link);
  }

  private void link(Field field) {
    Name extendee = extendees.get(field);
    if (extendee != null) {
      MessageType extended = message(extendee, field.fullName(), field.file());
      if (extended != null) {
        field.setExtendee(extended);
      }
    }
    if (field.type() instanceof FieldType.Unresolved(var name)) {
      Predicate<Symbol> isType = it -> it instanceof MessageType || it instanceof EnumType;
      switch (find(name, field.fullName(), field.file(), isType, "type")) {
        case null -> {} // reported
        case MessageType message -> {
          refuseMapEntry(message, name);
          field.setType(new FieldType.OfMessage(message));
        }
        case EnumType type -> field.setType(new FieldType.OfEnum(type));
        case Symbol other -> reportKind(name, other, "a type");
      }
    }
  }

  private void refuseMapEntry(MessageType message, Name name) {
    if (message.isMapEntry()) {
      diagnostics.report(
          ProtoRule.WRONG_KIND,
          name.span(),
          "'" + message.fullName() + "' is made for the entries of a map, not for fields");
    }
  }

  private @Nullable MessageType message(Name name, String scope, ProtoFile file) {
    return switch (find(name, scope, file, _ -> true, "message")) {
      case null -> null;
      case MessageType message -> message;
      case Symbol other -> {
        reportKind(name, other, "a message");
        yield null;
      }
    };
  }

  private void reportKind(Name name, Symbol found, String wanted) {
    diagnostics.report(
        Diagnostic.of(
                ProtoRule.WRONG_KIND,
                name.span(),
                "'%s' is %s, not %s".formatted(name, found.kind(), wanted))
            .withLabel(found.span(), "defined here")
            .withHelp("begin the name with '.' and the package to name another"));
  }

  private @Nullable Symbol find(
      Name name, String scope, ProtoFile file, Predicate<Symbol> wanted, String what) {
    var found = names.find(name.text(), scope, file, wanted);
    Symbol symbol = found.symbol();
    if (symbol == null) {
      reportMissing(name, found.hidden(), file, what);
    } else {
      uses.add(file, symbol);
    }
    return symbol;
  }

  private void reportMissing(Name name, @Nullable Symbol hidden, ProtoFile file, String what) {
    if (hidden != null && isForOptions(hidden.file(), file)) {
      diagnostics.report(
          ProtoRule.MISSING_IMPORT,
          name.span(),
          "'%s' is in '%s', which is imported for options only".formatted(name, hidden.file()),
          "import it without 'option'");
      return;
    }
    if (hidden != null) {
      diagnostics.report(
          Diagnostic.of(
                  ProtoRule.MISSING_IMPORT,
                  name.span(),
                  "'%s' is in '%s', which is not imported".formatted(name, hidden.file().name()))
              .withHelp("add: import \"" + hidden.file().name() + "\";"));
      return;
    }
    var diagnostic =
        Diagnostic.of(
            ProtoRule.UNDEFINED_NAME, name.span(), "undefined " + what + " '" + name + "'");
    diagnostics.report(
        diagnostics.isFull() ? diagnostic : diagnostic.maybeHelp(suggestion(name, file)));
  }

  private static boolean isForOptions(ProtoFile hidden, ProtoFile file) {
    return file.imports().stream()
        .anyMatch(it -> it.file() == hidden && it.syntax().kind() == Import.Kind.OPTION);
  }

  private Optional<String> suggestion(Name name, ProtoFile file) {
    String written = name.text().startsWith(".") ? name.text().substring(1) : name.text();
    boolean isPart = written.indexOf('.') < 0;
    List<String> candidates =
        names.types(file).map(it -> isPart ? it.name() : it.fullName()).distinct().toList();
    return Suggestion.help(written, candidates);
  }
}
