/// bench.thrift as Apache's compiler of libthrift 0.25.0 writes it, kept to what the wire needs:
/// the same calls of the protocol in the same order, without the rest of `TBase`.
///
/// Start at [ApacheBench]. Written by hand, since that compiler is not to be had; so the package is
/// not null-marked, as Apache's classes are not.
package io.windhover.bench.apache;
