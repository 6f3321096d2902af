package io.windhover.proto.lint;

import io.windhover.proto.MessageType;
import io.windhover.proto.Method;
import io.windhover.proto.Service;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Diagnostic;
import io.windhover.source.Span;
import io.windhover.source.parse.Diagnostics;
import java.util.HashMap;
import java.util.Map;

/// Checks services: that each method can change by itself.
final class ServiceRules {
  private static final String STANDARD = "google.protobuf.";

  private final Diagnostics diagnostics;

  /// Where each message is used first, in the services of a file.
  private final Map<MessageType, Span> uses = new HashMap<>();

  ServiceRules(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(Service service) {
    if (service.comment().isEmpty()) {
      MissingComment.report(service, diagnostics);
    }
    for (Method method : service.methods()) {
      if (method.comment().isEmpty()) {
        MissingComment.report(method, diagnostics);
      }
      use(method.input(), method.syntax().input().name().span());
      use(method.output(), method.syntax().output().name().span());
    }
  }

  private void use(MessageType message, Span span) {
    Span first = uses.putIfAbsent(message, span);
    if (first != null && !message.fullName().startsWith(STANDARD)) {
      diagnostics.report(
          Diagnostic.of(ProtoRule.SHARED_MESSAGE, span, message.name() + " is sent elsewhere, too")
              .withLabel(first, "first here")
              .withHelp("with a message of its own, each can get fields that the other has not"));
    }
  }
}
