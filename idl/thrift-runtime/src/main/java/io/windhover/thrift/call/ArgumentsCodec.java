package io.windhover.thrift.call;

import io.windhover.thrift.StructCodec;
import io.windhover.thrift.ThriftReader;
import io.windhover.thrift.ThriftWriter;
import io.windhover.thrift.ValueCodec;
import io.windhover.thrift.validation.Validation;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Reads and writes the arguments of one method, a struct with a field for each.
final class ArgumentsCodec implements StructCodec<Arguments> {

  private final List<Argument> arguments;
  private final BiConsumer<Arguments, Validation> check;
  private final int[] headers;
  private final ValueCodec<Object>[] codecs;

  ArgumentsCodec(List<Argument> arguments, BiConsumer<Arguments, Validation> check) {
    this.arguments = List.copyOf(arguments);
    this.check = check;
    this.headers =
        arguments.stream().mapToInt(it -> FieldHeaders.of(it.id(), it.codec())).toArray();
    this.codecs = FieldHeaders.codecs(arguments.stream().map(Argument::codec).toList());
  }

  /// @param values kept, not copied
  Arguments of(Object... values) {
    if (values.length != codecs.length) {
      throw new IllegalArgumentException(
          "arguments: " + values.length + " (expected: " + codecs.length + ")");
    }
    for (int i = 0; i < values.length; i++) {
      Objects.requireNonNull(values[i], arguments.get(i).name());
    }
    return new Arguments(this, values);
  }

  List<Argument> arguments() {
    return arguments;
  }

  void check(Arguments message, Validation validation) {
    check.accept(message, validation);
  }

  @Override
  public Arguments read(ThriftReader in) {
    var values = new @Nullable Object[codecs.length];
    in.structBegin(codecs.length);
    for (int header; (header = in.fieldHeader()) != 0; ) {
      int index = FieldHeaders.indexOf(header, headers);
      if (index < 0) {
        in.skip(ThriftReader.fieldType(header));
      } else {
        var value = codecs[index].read(in);
        values[index] = value != null ? value : values[index];
      }
    }
    in.structEnd();
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        values[i] = arguments.get(i).absent().get();
      }
    }
    return new Arguments(this, values);
  }

  @Override
  public void write(Arguments message, ThriftWriter out) {
    out.structBegin();
    for (int i = 0; i < codecs.length; i++) {
      var value = message.<@Nullable Object>get(i);
      if (value != null) {
        codecs[i].writeField(ThriftReader.fieldId(headers[i]), value, out);
      }
    }
    out.structEnd();
  }

  @SuppressWarnings("unchecked") // a stranger's object ends in a ClassCastException
  StructCodec<Object> ofObjects() {
    return (StructCodec<Object>) (StructCodec<?>) this;
  }
}
