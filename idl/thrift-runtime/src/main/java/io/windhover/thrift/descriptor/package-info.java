/// What an IDL says, for programs that meet its types at run time: a gateway, a log, a test.
///
/// Start at [FileDescriptor], of which generated code has one for each file, if it is asked for,
/// and which the generated types lead to by their `descriptor()`. Everything is immutable. A file
/// and what it declares are one object each, which [FileDescriptor#decode] alone makes; what refers
/// to a definition is a [Reference], so that types may hold one another. This package may use the
/// codes of types of the Thrift runtime, and nothing else.
package io.windhover.thrift.descriptor;
