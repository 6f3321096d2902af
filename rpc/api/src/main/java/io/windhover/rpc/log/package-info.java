/// The log's guard against floods: [LogGate]. For the modules of Windhover alone; a package of its
/// own since the vocabulary in [io.windhover.rpc] and the client and server all stand on it.
///
/// Depends on nothing but the JDK.
package io.windhover.rpc.log;
