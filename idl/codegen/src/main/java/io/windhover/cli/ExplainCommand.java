package io.windhover.cli;

import io.windhover.source.Rule;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `windhover explain`: what a rule of a compiler or linter is about.
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Explains rules of the compilers and linters; without a rule, lists them all.",
    footer = {"%nExamples:", "  windhover explain W017", "  windhover explain unused-include"})
final class ExplainCommand implements Callable<Integer> {

  @Parameters(paramLabel = "RULE", arity = "0..*", description = "Codes or names of rules.")
  private List<String> names = List.of(); // picocli would take what is none for one too many

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  ExplainCommand() {}

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    for (var rule : names.stream().flatMap(name -> rules(name).stream()).toList()) {
      out.print(rule.text());
    }
    if (names.isEmpty()) {
      Rules.all().forEach(out::println);
    }
    out.flush();
    return 0;
  }

  private List<Rule> rules(String name) {
    var rules = Rules.called(name);
    if (rules.isEmpty()) {
      throw new ParameterException(spec.commandLine(), Rules.unknown(name));
    }
    return rules;
  }
}
