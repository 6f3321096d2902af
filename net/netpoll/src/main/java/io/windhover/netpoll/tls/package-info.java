/// What TLS needs to know: keys, trusted authorities, and what to ask of a peer.
///
/// Start at [TlsOptions], which a user puts into the options of a connection, and at
/// [TlsCredentials], which reads files and reads them again when they change. Built on the JDK's
/// JSSE alone; knows no sockets.
package io.windhover.netpoll.tls;
