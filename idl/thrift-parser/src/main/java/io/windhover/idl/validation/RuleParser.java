package io.windhover.idl.validation;

import io.windhover.idl.BaseType;
import io.windhover.idl.TrueType;
import io.windhover.idl.TrueType.ListType;
import io.windhover.idl.TrueType.MapType;
import io.windhover.idl.TrueType.SetType;
import io.windhover.idl.validation.StructRules.Assertion;
import io.windhover.source.Quote;
import io.windhover.source.parse.Diagnostics;
import io.windhover.source.parse.Suggestion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Parses the rules of one struct's fields, or of one method's arguments.
///
/// A rule that is wrong is reported and left out; the others go on.
final class RuleParser {
  private final OperandParser operands;
  private final Diagnostics diagnostics;

  RuleParser(OperandParser operands, Diagnostics diagnostics) {
    this.operands = operands;
    this.diagnostics = diagnostics;
  }

  /// Parses the rules for values of a type.
  ValueRules parse(TrueType type, List<WrittenRule> written) {
    var allowed = RuleKey.applyingTo(type);
    boolean notNil = false;
    boolean skips = false;
    var constraints = new ArrayList<Constraint>();
    Set<RuleKey> gathered = new LinkedHashSet<>();
    Set<RuleKey> nested = EnumSet.noneOf(RuleKey.class);
    for (var rule : written) {
      try {
        var key = key(rule, allowed, "a value of type " + type);
        switch (key) {
          case NOT_NIL -> notNil |= bool(rule);
          case SKIP -> skips |= bool(rule);
          case ELEM, KEY, VALUE -> nested.add(key);
          case IN, NOT_IN -> {
            if (gathered.add(key)) { // the first of a word stands for all
              membership(key, type, withWord(written, key)).ifPresent(constraints::add);
            }
          }
          case DEFINED_ONLY -> {
            if (bool(rule)) {
              constraints.add(new Constraint.DefinedOnly());
            }
          }
          case NO_SPARSE -> {
            if (bool(rule)) {
              constraints.add(new Constraint.NoSparse());
            }
          }
          default -> constraints.add(constraint(key, type, rule));
        }
      } catch (BadRuleException e) {
        diagnostics.report(e.diagnostic());
      }
    }
    nested.forEach(key -> constraints.add(each(key, type, withWord(written, key))));
    return new ValueRules(notNil, skips, constraints);
  }

  /// Parses the rules about a struct as a whole.
  List<Assertion> parseAssertions(List<WrittenRule> written) {
    var assertions = new ArrayList<Assertion>();
    for (var rule : written) {
      try {
        key(rule, EnumSet.of(RuleKey.ASSERT), "a struct as a whole");
        var text = rule.value();
        if (!text.startsWith('@')) {
          throw new BadRuleException(
              text.span(), "expected a function, found " + Quote.of(text.text()));
        }
        assertions.add(new Assertion(operands.parse(text, BaseType.BOOL), text.text()));
      } catch (BadRuleException e) {
        diagnostics.report(e.diagnostic());
      }
    }
    return assertions;
  }

  private static List<WrittenRule> withWord(List<WrittenRule> rules, RuleKey key) {
    return rules.stream().filter(it -> it.word().equals(key.toString())).toList();
  }

  private static RuleKey key(WrittenRule rule, Set<RuleKey> allowed, String place)
      throws BadRuleException {
    if (rule.words().isEmpty()) {
      throw new BadRuleException(
          rule.name().span(),
          "'%s' says no rule (for %s: %s)".formatted(rule.key(), place, known(allowed)));
    }
    var key = RuleKey.of(rule.word());
    if (key == null) {
      throw new BadRuleException(
          rule.name().span(),
          "unknown rule %s (for %s: %s)".formatted(Quote.of(rule.key()), place, known(allowed)),
          help(rule, allowed));
    }
    if (!allowed.contains(key)) {
      throw new BadRuleException(
          rule.name().span(),
          "rule %s does not fit %s (rules that do: %s)"
              .formatted(Quote.of(rule.key()), place, known(allowed)),
          hint(key, allowed));
    }
    if (!key.opensNested() && rule.words().size() > 1) {
      throw new BadRuleException(
          rule.name().span(),
          "nothing may follow '%s%s' in the name of a rule".formatted(rule.prefix(), key));
    }
    return key;
  }

  private static String known(Set<RuleKey> allowed) {
    return String.join(", ", RuleKey.words(allowed));
  }

  private static Optional<String> help(WrittenRule rule, Set<RuleKey> allowed) {
    return Suggestion.help(
        rule.prefix() + rule.word(), allowed.stream().map(it -> rule.prefix() + it).toList());
  }

  private static Optional<String> hint(RuleKey key, Set<RuleKey> allowed) {
    return (key == RuleKey.MIN_RUNE_SIZE || key == RuleKey.MAX_RUNE_SIZE)
            && allowed.contains(RuleKey.MIN_SIZE)
        ? Optional.of("runes are characters of a string; min_size and max_size count the rest")
        : Optional.empty();
  }

  /// Reads a truth value; a key without a value stands for true.
  private static boolean bool(WrittenRule rule) throws BadRuleException {
    return rule.annotation().value().isEmpty() || OperandParser.bool(rule.value());
  }

  private Constraint constraint(RuleKey key, TrueType type, WrittenRule rule)
      throws BadRuleException {
    var text = rule.value();
    return switch (key) {
      case MIN_SIZE, MAX_SIZE, MIN_RUNE_SIZE, MAX_RUNE_SIZE ->
          new Constraint.Size(key, operands.size(text));
      case PATTERN -> Re2.parse(text);
      default -> new Constraint.Comparison(key, operands.parse(text, type));
    };
  }

  private Optional<Constraint> membership(RuleKey key, TrueType type, List<WrittenRule> rules) {
    Set<Operand> all = new LinkedHashSet<>();
    for (var rule : rules) {
      try {
        if (rule.words().size() == 1) { // others are reported
          all.addAll(operands.list(rule.value(), type));
        }
      } catch (BadRuleException e) {
        diagnostics.report(e.diagnostic());
      }
    }
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Constraint.Membership(key, List.copyOf(all)));
  }

  private Constraint each(RuleKey key, TrueType container, List<WrittenRule> rules) {
    var type =
        switch (container) {
          case ListType list -> list.element();
          case SetType set -> set.element();
          case MapType map -> key == RuleKey.KEY ? map.key() : map.value();
          default -> throw new IllegalArgumentException(container + " (expected: a container)");
        };
    var inner = rules.stream().map(WrittenRule::inner).toList();
    return new Constraint.Each(key, type.trueType(), parse(type.trueType(), inner));
  }
}
