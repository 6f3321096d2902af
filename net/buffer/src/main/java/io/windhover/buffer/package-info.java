/// Where bytes wait between a socket and a codec.
///
/// Start at [LinkBuffer]: a chain of pooled nodes that is written at one end and read at the other.
/// [NodePool] is where its memory comes from and returns to. This package depends on nothing but
/// the JDK; sockets appear only as the channels of `java.nio`.
package io.windhover.buffer;
