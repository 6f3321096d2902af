package io.windhover.proto.lint;

import io.windhover.proto.EnumType;
import io.windhover.proto.MessageType;
import io.windhover.proto.ProtoFile;
import io.windhover.proto.Service;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Quote;
import io.windhover.source.Reporting;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Suggestion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Says of files that compile what is unwise in them: warnings, and notes for those who want them.
public final class Linter {
  /// All of them: which ones count is up to who asks.
  private static final Reporting WITH_NOTES = new Reporting(Set.of(), Set.of(), false, false, true);

  private final Diagnostics diagnostics = new Diagnostics(WITH_NOTES);
  private final FileRules fileRules = new FileRules(diagnostics);
  private final NameRules nameRules = new NameRules(diagnostics);
  private final MessageRules messageRules = new MessageRules(diagnostics);
  private final EnumRules enumRules = new EnumRules(diagnostics);
  private final ServiceRules serviceRules = new ServiceRules(diagnostics);

  private Linter() {}

  /// What is to be said of these files, file by file, each file's in the order of its text. What
  /// they import is not looked at. As in a run of the compiler, a bounded number is kept of each
  /// file.
  public static List<Diagnostic> lint(List<ProtoFile> files) {
    var found = new ArrayList<Diagnostic>();
    for (ProtoFile file : files) {
      found.addAll(new Linter().of(file));
    }
    return found;
  }

  private List<Diagnostic> of(ProtoFile file) {
    for (Span rule : file.syntax().file().ignoredRules()) {
      if (ProtoRule.find(rule.text()).isEmpty()) {
        String message = "no rule is called " + Quote.of(rule.text());
        diagnostics.report(
            Diagnostic.of(ProtoRule.NO_SUCH_RULE, rule, message)
                .maybeHelp(Suggestion.help(rule.text(), ProtoRule.names())));
      }
    }
    fileRules.check(file);
    nameRules.check(file);
    file.messages().forEach(this::message);
    file.enums().forEach(this::enumeration);
    for (Service service : file.services()) {
      serviceRules.check(service);
    }
    return diagnostics.reported().stream()
        .sorted(Comparator.comparingInt(it -> it.span().start()))
        .toList();
  }

  private void message(MessageType message) {
    if (message.isMapEntry()) {
      return;
    }
    nameRules.check(message);
    messageRules.check(message);
    message.messages().forEach(this::message);
    message.enums().forEach(this::enumeration);
  }

  private void enumeration(EnumType type) {
    nameRules.check(type);
    enumRules.check(type);
  }
}
