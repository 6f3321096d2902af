/// From a request to its reply: which method, within which deadline and limits, through which
/// middleware, and what the caller is told. Knows no connections.
///
/// Start at [Dispatcher], for the built-in protocols, or [RoutedCalls], for transports of others;
/// both lead through [CallPath]. What they share per server: [Router], [CallLimit],
/// [RequestBudget], [HandlerFailures].
package io.windhover.rpc.server.dispatch;
