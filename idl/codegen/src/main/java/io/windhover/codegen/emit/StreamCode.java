package io.windhover.codegen.emit;

import io.windhover.codegen.model.JavaField;
import io.windhover.codegen.model.MethodShape;

/// The code of a method of streams, as its handler, its caller and the class between them have it.
final class StreamCode {

  private static final String OUT = "out";

  private final MethodShape method;
  private final JavaField argument;
  private final String request;
  private final String response;

  /// @param method one of streams: it takes and returns a struct
  StreamCode(MethodShape method) {
    this.method = method;
    this.argument = method.arguments().getFirst();
    this.request = argument.type().java();
    this.response = method.returnType();
  }

  /// Returns the method as a handler implements it.
  String handlerSignature() {
    var in = "`StreamReceiver`<%s> in".formatted(request);
    var out = "`StreamSender`<%s> ".formatted(response);
    return switch (method.kind()) {
      case CLIENT_STREAM -> "%s %s(%s)".formatted(response, method.name(), in);
      case SERVER_STREAM ->
          "void %s(¦%s %s, ¦%s)"
              .formatted(method.name(), request, argument.name(), out + senderName());
      case BIDI_STREAM -> "void %s(¦%s, ¦%s)".formatted(method.name(), in, out + OUT);
      case UNARY, ONEWAY -> throw notOfStreams();
    };
  }

  private String senderName() {
    return argument.name().equals(OUT) ? "sender" : OUT;
  }

  /// Returns the method as a caller sees it.
  String callerSignature() {
    return switch (method.kind()) {
      case CLIENT_STREAM ->
          "`ClientStream`<%s, %s> %s()".formatted(request, response, method.name());
      case SERVER_STREAM ->
          "`StreamReceiver`<%s> %s(%s %s)"
              .formatted(response, method.name(), request, argument.name());
      case BIDI_STREAM -> "`BidiStream`<%s, %s> %s()".formatted(request, response, method.name());
      case UNARY, ONEWAY -> throw notOfStreams();
    };
  }

  /// Returns the expression that opens the stream in a stub.
  ///
  /// @param constant that describes the method
  String open(String constant) {
    var stream = "this.caller.open(this.service, %s)".formatted(constant);
    return switch (method.kind()) {
      case CLIENT_STREAM -> "`Streams`.clientStream(¦%s)".formatted(stream);
      case SERVER_STREAM -> "`Streams`.serverStream(¦%s, ¦%s)".formatted(stream, argument.name());
      case BIDI_STREAM -> "`Streams`.bidiStream(¦%s)".formatted(stream);
      case UNARY, ONEWAY -> throw notOfStreams();
    };
  }

  /// Returns the expression of what a server needs to run the method.
  ///
  /// @param isOverloaded whether the compiler has to be told the types
  String operation(boolean isOverloaded) {
    var factory =
        switch (method.kind()) {
          case CLIENT_STREAM -> "clientStream";
          case SERVER_STREAM -> "serverStream";
          case BIDI_STREAM -> "bidiStream";
          case UNARY, ONEWAY -> throw notOfStreams();
        };
    var types = isOverloaded ? "<%s, %s>".formatted(request, response) : "";
    return "⟦`StreamOperation`.%s%s(¦%s, ¦handler::%s)⟧"
        .formatted(types, factory, method.constant(), method.name());
  }

  private IllegalStateException notOfStreams() {
    return new IllegalStateException(method.name() + " is not a method of streams");
  }
}
