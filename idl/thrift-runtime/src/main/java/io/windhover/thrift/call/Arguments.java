package io.windhover.thrift.call;

import io.windhover.thrift.StructText;
import io.windhover.thrift.validation.Validated;
import io.windhover.thrift.validation.Validation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The arguments of one call. Immutable, but for what the arguments themselves let change.
public final class Arguments implements Validated {

  private final ArgumentsCodec codec;
  private final @Nullable Object[] values;

  Arguments(ArgumentsCodec codec, @Nullable Object[] values) {
    this.codec = codec;
    this.values = values;
  }

  /// Returns the names in the IDL, in its order.
  public List<String> names() {
    return codec.arguments().stream().map(Argument::name).toList();
  }

  /// Returns an argument by its place in the IDL, numbers boxed.
  ///
  /// @param <T> its type, on the caller's word
  /// @return null if it is a struct, a union, an enum or a UUID, without a default, that the caller
  ///   did not send
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // generated code knows the type
  public <T extends @Nullable Object> T get(int index) {
    return (T) values[index];
  }

  /// Returns an argument by its name in the IDL.
  ///
  /// @param <T> its type, on the caller's word
  /// @return null as for [#get(int)]
  /// @throws IllegalArgumentException if the method has no argument of this name
  @SuppressWarnings("TypeParameterUnusedInFormals") // as for places
  public <T extends @Nullable Object> T get(String name) {
    int index = names().indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "argument: %s (expected: one of %s)".formatted(name, names()));
    }
    return get(index);
  }

  @Override
  public void validate(Validation validation) {
    codec.check(this, validation);
  }

  @Override
  public String toString() {
    var text = new StructText("Arguments");
    for (int i = 0; i < values.length; i++) {
      var argument = codec.arguments().get(i);
      if (argument.isRedacted()) {
        text.redacted(argument.name(), values[i]);
      } else {
        text.field(argument.name(), values[i]);
      }
    }
    return text.toString();
  }
}
