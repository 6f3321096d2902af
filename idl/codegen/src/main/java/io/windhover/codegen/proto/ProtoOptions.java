package io.windhover.codegen.proto;

import io.windhover.codegen.proto.ProtoGenerator.Messages;

/// How Java is generated from `.proto` files.
///
/// Begin with [#DEFAULTS] and the methods that change one: there may be more components.
///
/// @param messages whose classes messages are
/// @param async whether services get a second interface, whose methods return at once
public record ProtoOptions(Messages messages, boolean async) {

  /// Messages of Windhover, blocking interfaces alone.
  public static final ProtoOptions DEFAULTS = new ProtoOptions(Messages.WINDHOVER, false);

  /// Returns these options but for one, as protoc hands it to its plugins: `key=value`.
  ///
  /// @throws IllegalArgumentException if there is no such option or value
  public ProtoOptions with(String parameter) {
    return switch (parameter) {
      case "messages=windhover" -> withMessages(Messages.WINDHOVER);
      case "messages=protobuf-java" -> withMessages(Messages.PROTOBUF_JAVA);
      case "async=false" -> withAsync(false);
      case "async=true" -> withAsync(true);
      default ->
          throw new IllegalArgumentException(
              "%s (expected: messages=windhover|protobuf-java, async=true|false)"
                  .formatted(parameter));
    };
  }

  public ProtoOptions withMessages(Messages other) {
    return new ProtoOptions(other, async);
  }

  public ProtoOptions withAsync(boolean other) {
    return new ProtoOptions(messages, other);
  }
}
