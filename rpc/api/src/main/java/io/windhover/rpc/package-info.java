/// Calls as values: what is called, until when, and how it ended.
///
/// Start at [Endpoint]; what a client or a server does with a call is a chain of them. Generated
/// stubs meet the framework here, at [Caller] and [Service]. This package depends on nothing but
/// the JDK, and never on a transport.
package io.windhover.rpc;
