package io.windhover.proto;

import io.windhover.source.Span;

/// What has a full name, such as `shop.Order.item`: a name of that kind is there once.
public sealed interface Symbol
    permits EnumType, EnumValue, Field, MessageType, Method, Oneof, Service {

  ProtoFile file();

  /// The last part of the full name.
  String name();

  /// With the package and what it stands in, without a dot at its start.
  String fullName();

  /// Where its name stands, or what it was made for.
  Span span();

  /// Such as "a message".
  String kind();
}
