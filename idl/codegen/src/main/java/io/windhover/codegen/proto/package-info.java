/// From checked `.proto` files to Java: a class for each message, an enum or sealed interface for
/// each enum.
///
/// Start at [ProtoGenerator]. [ProtoNames] says how things are called, [FieldModel] what a field is
/// in Java, [FieldCode] what reads, writes and compares it. Of the runtime this package only writes
/// the names.
package io.windhover.codegen.proto;
