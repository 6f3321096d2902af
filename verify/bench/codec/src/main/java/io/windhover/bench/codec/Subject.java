package io.windhover.bench.codec;

/// What a benchmark works on: a value of an enum that is its parameter.
interface Subject {

  /// As JMH has it.
  String name();

  /// What a reader of the table calls it.
  String title();
}
