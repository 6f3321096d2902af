package io.windhover.idl.validation;

import io.windhover.idl.TrueType;
import java.util.List;

/// One rule for a value that is there. What is not there keeps all of them.
public sealed interface Constraint {

  /// The rule's own word.
  RuleKey key();

  /// [RuleKey#CONST] for all scalars; [RuleKey#LT] to [RuleKey#GE] for numbers; prefix and the like
  /// for texts and bytes. The operand has the type of the value, or both are numbers.
  record Comparison(RuleKey key, Operand operand) implements Constraint {}

  /// [RuleKey#IN] or [RuleKey#NOT_IN].
  ///
  /// @param operands not empty; the literals differ
  record Membership(RuleKey key, List<Operand> operands) implements Constraint {
    public Membership {
      operands = List.copyOf(operands);
    }
  }

  /// Limits how much there is: of UTF-8 bytes or code points, of elements or entries.
  ///
  /// @param operand a whole number
  record Size(RuleKey key, Operand operand) implements Constraint {}

  /// A regular expression that is found in the text, or in the bytes read as UTF-8.
  ///
  /// @param written in the syntax of RE2
  /// @param java the same for [java.util.regex.Pattern]
  record Pattern(String written, String java) implements Constraint {
    @Override
    public RuleKey key() {
      return RuleKey.PATTERN;
    }
  }

  /// The value is an item of its enum.
  record DefinedOnly() implements Constraint {
    @Override
    public RuleKey key() {
      return RuleKey.DEFINED_ONLY;
    }
  }

  /// No value of the map is missing.
  record NoSparse() implements Constraint {
    @Override
    public RuleKey key() {
      return RuleKey.NO_SPARSE;
    }
  }

  /// Rules for each element, key or value of a container.
  ///
  /// @param key [RuleKey#ELEM], [RuleKey#KEY] or [RuleKey#VALUE]
  /// @param type of these
  record Each(RuleKey key, TrueType type, ValueRules rules) implements Constraint {}
}
