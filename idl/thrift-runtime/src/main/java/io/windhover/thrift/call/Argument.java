package io.windhover.thrift.call;

import io.windhover.thrift.ValueCodec;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One argument of a method.
///
/// @param absent makes what a handler gets if a caller did not send the argument
/// @param isRedacted whether the value must not show in texts
record Argument(
    int id,
    String name,
    ValueCodec<?> codec,
    Supplier<? extends @Nullable Object> absent,
    boolean isRedacted) {}
