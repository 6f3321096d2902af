/// What the methods of a service send and receive.
///
/// Start at [Signature]: it says what arguments a method takes and how it can end, as its IDL does,
/// and turns both into bytes and back. [Arguments] and [Result] are these messages; a middleware
/// sees them as the request and the response of a call. This package may use the Thrift runtime,
/// and never a transport.
package io.windhover.thrift.call;
