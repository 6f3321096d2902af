/// Calls whose messages keep the rules of their IDL (`vt.*` annotations).
///
/// A step around every call, [Validator], that users add to a client or a server. This package may
/// use the wire formats' errors, and neither the client nor the server.
package io.windhover.rpc.validation;
