package io.windhover.thrift.call;

import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftException;
import io.windhover.thrift.ThriftReader;
import io.windhover.thrift.ThriftWriter;
import io.windhover.thrift.ValueCodec;
import io.windhover.thrift.validation.Validation;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Reads and writes the result of one method, a struct with a field for each [Outcome], of which
/// one is set.
final class ResultCodec implements StructCodec<Result> {

  private final List<Outcome> outcomes;
  private final BiConsumer<Result, Validation> check;
  private final int[] headers;
  private final ValueCodec<Object>[] codecs;

  /// The place of the value that the method returns; -1 if it returns nothing.
  private final int success;

  ResultCodec(List<Outcome> outcomes, BiConsumer<Result, Validation> check) {
    this.outcomes = List.copyOf(outcomes);
    this.check = check;
    this.headers = outcomes.stream().mapToInt(it -> FieldHeaders.of(it.id(), it.codec())).toArray();
    this.codecs = FieldHeaders.codecs(outcomes.stream().map(Outcome::codec).toList());
    this.success = outcomes.stream().map(Outcome::id).toList().indexOf(Outcome.SUCCESS_ID);
  }

  Result returned(@Nullable Object value) {
    if (success < 0) {
      return new Result(this, null, null);
    }
    return new Result(
        this, outcomes.get(success), Objects.requireNonNull(value, "the handler returned null"));
  }

  Result threw(ThriftException exception) {
    for (var outcome : outcomes) {
      if (exception.getClass() == outcome.exception()) {
        return new Result(this, outcome, exception);
      }
    }
    throw Result.sneak(exception); // one of another method's
  }

  boolean returnsSomething() {
    return success >= 0;
  }

  void check(Result message, Validation validation) {
    check.accept(message, validation);
  }

  @Override
  public Result read(ThriftReader in) {
    @Nullable Outcome outcome = null;
    @Nullable Object value = null;
    in.structBegin(codecs.length);
    for (int header; (header = in.fieldHeader()) != 0; ) {
      int index = FieldHeaders.indexOf(header, headers);
      if (index < 0) {
        in.skip(ThriftReader.fieldType(header));
        continue;
      }
      var read = codecs[index].read(in);
      if (read != null && (outcome == null || index != success)) { // exceptions come first
        outcome = outcomes.get(index);
        value = read;
      }
    }
    in.structEnd();
    return new Result(this, outcome, value);
  }

  @Override
  public void write(Result message, ThriftWriter out) {
    out.structBegin();
    var outcome = message.outcome();
    var value = message.value();
    if (outcome == null && returnsSomething() && !message.isMissing()) {
      throw new IllegalArgumentException(
          "the result of a method that returns nothing (expected: one of %s)"
              .formatted(outcomes.stream().map(Outcome::name).toList()));
    }
    if (outcome != null && value != null) {
      if (!message.isOf(this) && !outcomes.contains(outcome)) {
        throw new IllegalArgumentException(
            "the result of another method: %s (expected: one of %s)"
                .formatted(outcome.name(), outcomes.stream().map(Outcome::name).toList()));
      }
      outcome.write(value, out);
    }
    out.structEnd();
  }

  @SuppressWarnings("unchecked") // a stranger's object ends in a ClassCastException
  StructCodec<Object> ofObjects() {
    return (StructCodec<Object>) (StructCodec<?>) this;
  }
}
