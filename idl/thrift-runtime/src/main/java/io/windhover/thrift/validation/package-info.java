/// Whether a struct keeps the rules of its IDL (`vt.*` annotations).
///
/// Start at [Validated], which generated structs with rules implement. A check runs through one
/// [Validation], to which generated code tells where it is and what it finds; what comes out is a
/// [Violation], alone in a [ValidationException] or in a list. This package may use the Thrift
/// runtime, and never a transport.
package io.windhover.thrift.validation;
