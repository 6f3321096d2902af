package io.windhover.rpc.grpc;

import io.windhover.rpc.Method;
import io.windhover.rpc.codec.MessageCall;
import io.windhover.thrift.call.CallCodec;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the messages of a call are, as `content-type` says.
enum ContentType {
  /// Protobuf, or what else a [MessageCall] has.
  PROTO("application/grpc"),
  /// Structs of Thrift's binary protocol, as Kitex has them.
  THRIFT("application/grpc+thrift");

  private static final String BASE = "application/grpc";

  private final String text;

  ContentType(String text) {
    this.text = text;
  }

  /// Returns what a `content-type` says, in whatever case; null if it is none that is read here.
  static @Nullable ContentType read(String text) {
    if (text.equals(BASE)) {
      return PROTO;
    }
    if (!text.regionMatches(true, 0, BASE, 0, BASE.length())) {
      return null;
    }
    var rest = text.substring(BASE.length()).toLowerCase(Locale.ROOT);
    if (rest.isEmpty()) {
      return PROTO;
    }
    return switch (rest.charAt(0)) {
      case '+' -> named(rest.substring(1).split(";", 2)[0].strip());
      case ';' -> rest.substring(1).strip().equals("thrift") ? THRIFT : PROTO; // as Kitex reads it
      default -> null;
    };
  }

  private static @Nullable ContentType named(String subtype) {
    return switch (subtype) {
      case "proto" -> PROTO;
      case "thrift" -> THRIFT;
      default -> null;
    };
  }

  /// Returns as what a method travels; null if it does not.
  static @Nullable ContentType of(Method<?> method) {
    return switch (method.codec()) {
      case MessageCall<?, ?> _ -> PROTO;
      case CallCodec _ -> THRIFT;
      default -> null;
    };
  }

  /// Returns the value of the header field.
  String text() {
    return text;
  }
}
