package io.windhover.proto.ast;

import io.windhover.source.Span;
import java.math.BigInteger;
import java.util.List;

/// The value of an option as written, or of a field within an aggregate.
public sealed interface OptionValue extends Node {

  /// A word: `true`, `SPEED`, `inf`.
  ///
  /// @param isNegative whether a minus stands before it
  record Word(String text, boolean isNegative, Span span) implements OptionValue {
    @Override
    public String toString() {
      return isNegative ? "-" + text : text;
    }
  }

  /// A whole number.
  ///
  /// @param isNegative whether a minus stands before it, be it before a zero
  /// @param magnitude without the sign
  record Whole(boolean isNegative, BigInteger magnitude, Span span) implements OptionValue {

    public BigInteger value() {
      return isNegative ? magnitude.negate() : magnitude;
    }

    @Override
    public String toString() {
      return (isNegative ? "-" : "") + magnitude;
    }
  }

  /// A number with a point or an exponent.
  record Decimal(double value, Span span) implements OptionValue {
    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  /// A quoted text.
  record Text(StringLiteral literal) implements OptionValue {
    @Override
    public Span span() {
      return literal.span();
    }

    @Override
    public String toString() {
      return "a quoted text";
    }
  }

  /// A message in the text format: `{ name: "a" max: 3 }`.
  record Aggregate(List<AggregateField> fields, Span span) implements OptionValue {
    public Aggregate {
      fields = List.copyOf(fields);
    }

    @Override
    public String toString() {
      return "a message in braces";
    }
  }

  /// Several values of a field within an aggregate: `[1, 2]`.
  record Elements(List<OptionValue> values, Span span) implements OptionValue {
    public Elements {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return "a list";
    }
  }
}
