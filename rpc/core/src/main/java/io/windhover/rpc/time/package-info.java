/// Waiting for times that mostly do not come, such as deadlines: [Lookout]. The decision is
/// `docs/decisions/0010-waiting.md`.
///
/// Depends on nothing but the JDK.
package io.windhover.rpc.time;
