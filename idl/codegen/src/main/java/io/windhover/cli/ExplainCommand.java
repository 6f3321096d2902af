package io.windhover.cli;

import io.windhover.idl.rule.ThriftRule;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `windhover explain`: what a rule of the compiler is about.
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Explains rules of the Thrift compiler; without a rule, lists them all.",
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
    for (var rule : names.stream().map(this::rule).toList()) {
      out.print(rule.text());
    }
    if (names.isEmpty()) {
      for (var rule : ThriftRule.values()) {
        out.println(rule);
      }
    }
    out.flush();
    return 0;
  }

  private ThriftRule rule(String name) {
    return ThriftRule.find(name)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(), CheckOptions.RuleConverter.unknown(name)));
  }
}
