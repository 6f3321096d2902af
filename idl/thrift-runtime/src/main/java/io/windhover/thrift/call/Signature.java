package io.windhover.thrift.call;

import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftException;
import io.windhover.thrift.ValueCodec;
import io.windhover.thrift.validation.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a method takes and how it ends, as its IDL declares it:
///
/// ```java
/// Signature PLACE =
///     Signature.builder()
///         .argument(1, "buyer", Scalars.I64)
///         .argument(2, "card", Card.CODEC)
///         .returns(Scalars.I64)
///         .declares(1, "refused", Refused.class, Refused.CODEC)
///         .build();
/// ```
///
/// Generated code makes these. Immutable.
public final class Signature implements CallCodec {

  /// Of a method that takes nothing and returns nothing.
  public static final Signature EMPTY = builder().build();

  private final ArgumentsCodec request;
  private final ResultCodec response;

  private Signature(Builder builder) {
    this.request = new ArgumentsCodec(builder.arguments, builder.argumentsCheck);
    this.response = new ResultCodec(builder.outcomes, builder.resultCheck);
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public StructCodec<Object> request() {
    return request.ofObjects();
  }

  @Override
  public StructCodec<Object> response() {
    return response.ofObjects();
  }

  /// Returns the arguments for one call.
  ///
  /// @param values one for each argument, in the order of the IDL; an array that is passed now
  ///   belongs to the call: its maker changes it no more
  /// @throws NullPointerException if one of them is null, with its name
  public Arguments arguments(Object... values) {
    return request.of(values);
  }

  /// Returns the result of a call that returned.
  ///
  /// @param value null if the method returns nothing
  /// @throws NullPointerException if the value is null and must not be
  public Result returned(@Nullable Object value) {
    return response.returned(value);
  }

  /// Runs a method. An exception that the IDL declares for it is a result; all others are thrown
  /// on.
  ///
  /// @param request its [Arguments]
  public Result run(Object request, Body body) {
    try {
      return returned(body.run((Arguments) request));
    } catch (ThriftException e) {
      return response.threw(e);
    }
  }

  /// The body of a method: what calls the handler.
  @FunctionalInterface
  public interface Body {

    /// @return null if the method returns nothing
    @Nullable Object run(Arguments arguments) throws ThriftException;
  }

  /// Collects the parts of a signature, arguments in the order of the IDL.
  public static final class Builder {
    private final List<Argument> arguments = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private BiConsumer<Arguments, Validation> argumentsCheck = (in, out) -> {};
    private BiConsumer<Result, Validation> resultCheck = (in, out) -> {};

    private Builder() {}

    /// Adds an argument. If a caller does not send it, the handler gets [ValueCodec#zero].
    public Builder argument(int id, String name, ValueCodec<?> codec) {
      return add(new Argument(id, name, codec, codec::zero, false));
    }

    /// Adds an argument with a default for callers that do not send it.
    ///
    /// @param absent makes the default
    public <T> Builder argument(int id, String name, ValueCodec<T> codec, Supplier<T> absent) {
      return add(new Argument(id, name, codec, absent, false));
    }

    /// Adds an argument whose value must not show in texts.
    public Builder redacted(int id, String name, ValueCodec<?> codec) {
      return add(new Argument(id, name, codec, codec::zero, true));
    }

    /// Adds an argument whose value must not show in texts, with a default for callers that do not
    /// send it.
    ///
    /// @param absent makes the default
    public <T> Builder redacted(int id, String name, ValueCodec<T> codec, Supplier<T> absent) {
      return add(new Argument(id, name, codec, absent, true));
    }

    private Builder add(Argument argument) {
      checkId(
          "argument",
          argument.name(),
          argument.id(),
          arguments.stream().map(Argument::id).toList());
      arguments.add(argument);
      return this;
    }

    /// Says what the method returns.
    public Builder returns(ValueCodec<?> codec) {
      return add(new Outcome(Outcome.SUCCESS_ID, "success", null, codec));
    }

    /// Adds an exception that the method may throw.
    public <E extends ThriftException> Builder declares(
        int id, String name, Class<E> type, StructCodec<E> codec) {
      return add(new Outcome(id, name, type, codec));
    }

    private Builder add(Outcome outcome) {
      checkId("outcome", outcome.name(), outcome.id(), outcomes.stream().map(Outcome::id).toList());
      outcomes.add(outcome);
      return this;
    }

    private static void checkId(String what, String name, int id, List<Integer> taken) {
      if (id < Short.MIN_VALUE || id > Short.MAX_VALUE || taken.contains(id)) {
        throw new IllegalArgumentException(
            "%s %s: id %s (expected: %s..%s, each once)"
                .formatted(what, name, id, Short.MIN_VALUE, Short.MAX_VALUE));
      }
    }

    /// Says how the rules of the IDL for the arguments are checked.
    public Builder checkingArguments(BiConsumer<Arguments, Validation> check) {
      argumentsCheck = check;
      return this;
    }

    /// Says how the rules of the IDL for what comes back are checked.
    public Builder checkingResult(BiConsumer<Result, Validation> check) {
      resultCheck = check;
      return this;
    }

    public Signature build() {
      return new Signature(this);
    }
  }
}
