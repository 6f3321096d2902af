package io.windhover.rpc.protobuf;

import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import java.util.function.UnaryOperator;

/// Answers with what a function makes of the text; merges by giving back.
record EchoHandler(UnaryOperator<String> function) implements EchoService {

  @Override
  public StringValue echo(StringValue request) {
    return StringValue.of(function.apply(request.getValue()));
  }

  @Override
  public Struct merge(Struct request) {
    return request;
  }
}
