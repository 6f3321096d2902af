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
///     Signature.EMPTY
///         .argument(1, "buyer", Scalars.I64)
///         .argument(2, "card", Card.CODEC)
///         .returns(Scalars.I64)
///         .declares(1, "refused", Refused.class, Refused.CODEC);
/// ```
///
/// Generated code makes these. Immutable.
public final class Signature implements CallCodec {

  /// Of a method that takes nothing and returns nothing.
  public static final Signature EMPTY =
      new Signature(List.of(), List.of(), (in, out) -> {}, (in, out) -> {});

  private final List<Argument> arguments;
  private final List<Outcome> outcomes;
  private final BiConsumer<Arguments, Validation> argumentsCheck;
  private final BiConsumer<Result, Validation> resultCheck;
  private final ArgumentsCodec request;
  private final ResultCodec response;

  private Signature(
      List<Argument> arguments,
      List<Outcome> outcomes,
      BiConsumer<Arguments, Validation> argumentsCheck,
      BiConsumer<Result, Validation> resultCheck) {
    this.arguments = List.copyOf(arguments);
    this.outcomes = List.copyOf(outcomes);
    this.argumentsCheck = argumentsCheck;
    this.resultCheck = resultCheck;
    this.request = new ArgumentsCodec(this.arguments, argumentsCheck);
    this.response = new ResultCodec(this.outcomes, resultCheck);
  }

  /// Adds an argument. If a caller does not send it, the handler gets [ValueCodec#zero].
  public Signature argument(int id, String name, ValueCodec<?> codec) {
    return with(new Argument(id, name, codec, codec::zero, false));
  }

  /// Gives the argument that was added last a default, for callers that do not send it.
  ///
  /// @param absent makes the default
  public Signature otherwise(Supplier<?> absent) {
    var last = arguments.getLast();
    return withoutLast()
        .with(new Argument(last.id(), last.name(), last.codec(), absent, last.isRedacted()));
  }

  /// Keeps the value of the argument that was added last out of texts.
  public Signature redacted() {
    var last = arguments.getLast();
    return withoutLast()
        .with(new Argument(last.id(), last.name(), last.codec(), last.absent(), true));
  }

  private Signature with(Argument argument) {
    var more = new ArrayList<>(arguments);
    more.add(argument);
    return new Signature(more, outcomes, argumentsCheck, resultCheck);
  }

  private Signature withoutLast() {
    var fewer = arguments.subList(0, arguments.size() - 1);
    return new Signature(fewer, outcomes, argumentsCheck, resultCheck);
  }

  /// Says what the method returns.
  public Signature returns(ValueCodec<?> codec) {
    return with(new Outcome(Outcome.SUCCESS_ID, "success", null, codec));
  }

  /// Adds an exception that the method may throw.
  public <E extends ThriftException> Signature declares(
      int id, String name, Class<E> type, StructCodec<E> codec) {
    return with(new Outcome(id, name, type, codec));
  }

  private Signature with(Outcome outcome) {
    var more = new ArrayList<>(outcomes);
    more.add(outcome);
    return new Signature(arguments, more, argumentsCheck, resultCheck);
  }

  /// Says how the rules of the IDL for the arguments are checked.
  public Signature checkingArguments(BiConsumer<Arguments, Validation> check) {
    return new Signature(arguments, outcomes, check, resultCheck);
  }

  /// Says how the rules of the IDL for what comes back are checked.
  public Signature checkingResult(BiConsumer<Result, Validation> check) {
    return new Signature(arguments, outcomes, argumentsCheck, check);
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
  /// @param values one for each argument, in the order of the IDL
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
}
