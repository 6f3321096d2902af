package io.windhover.cli;

import io.windhover.idl.rule.ThriftRule;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.Rule;
import java.util.List;
import java.util.stream.Stream;

/// The rules of both languages.
final class Rules {

  private Rules() {}

  static List<Rule> all() {
    return Stream.<Rule>concat(Stream.of(ThriftRule.values()), Stream.of(ProtoRule.values()))
        .toList();
  }

  /// The rule of a code or a name; of some names there is one in each language, both errors.
  static List<Rule> called(String codeOrName) {
    return all().stream().filter(rule -> rule.isCalled(codeOrName)).toList();
  }

  static String unknown(String codeOrName) {
    return "no rule is called '" + codeOrName + "' ('windhover explain' lists them)";
  }
}
