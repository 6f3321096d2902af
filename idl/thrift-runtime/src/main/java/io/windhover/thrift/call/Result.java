package io.windhover.thrift.call;

import io.windhover.thrift.StructText;
import io.windhover.thrift.ThriftException;
import io.windhover.thrift.validation.Validated;
import io.windhover.thrift.validation.Validation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How one call ended: by what the method returned, or by an exception that its IDL declares.
public final class Result implements Validated {

  /// Of a method that returns nothing, oneway methods included.
  public static final Result NOTHING = Signature.EMPTY.returned(null);

  private final ResultCodec codec;
  private final @Nullable Outcome outcome;
  private final @Nullable Object value;

  /// @param outcome null if the method returns nothing and did, or if nothing was sent
  Result(ResultCodec codec, @Nullable Outcome outcome, @Nullable Object value) {
    this.codec = codec;
    this.outcome = outcome;
    this.value = value;
  }

  /// Returns what the method returned, and throws what it threw: for generated stubs, whose methods
  /// declare these exceptions.
  ///
  /// @param <T> the type of the value, on the caller's word
  /// @throws IllegalStateException if the result [is missing][#isMissing]
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // the stub knows T
  public <T extends @Nullable Object> T orThrow() {
    if (outcome != null && outcome.exception() != null) {
      throw sneak((ThriftException) Objects.requireNonNull(value));
    }
    if (isMissing()) {
      throw new IllegalStateException("the reply holds neither a result nor an exception");
    }
    return (T) value;
  }

  /// Throws a checked exception that the compiler cannot see.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <E extends Throwable> RuntimeException sneak(ThriftException exception) throws E {
    throw (E) exception;
  }

  /// Whether there is neither a value nor an exception although the method returns something: its
  /// handler returned null, in a language that sends nothing then.
  public boolean isMissing() {
    return outcome == null && codec.returnsSomething();
  }

  /// Returns the value or the exception.
  ///
  /// @return null if the method returns nothing
  public @Nullable Object value() {
    return value;
  }

  /// Returns the value or the exception if it is the one with this id.
  ///
  /// @param id of the exception in the IDL; 0 for what the method returns
  /// @param <T> its type, on the caller's word
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // generated code knows the type
  public <T> @Nullable T value(int id) {
    return outcome != null && outcome.id() == id ? (T) value : null;
  }

  boolean isOf(ResultCodec codec) {
    return this.codec == codec;
  }

  @Nullable Outcome outcome() {
    return outcome;
  }

  @Override
  public void validate(Validation validation) {
    codec.check(this, validation);
  }

  @Override
  public String toString() {
    var text = new StructText("Result");
    return (outcome == null ? text : text.field(outcome.name(), value)).toString();
  }
}
