/// What the two processes of a Java contestant share: the protocol that they speak with the runner,
/// the two kinds of load, and the recording of latency.
///
/// Start at [Contestant], what one page of code against one library implements.
@NullMarked
package io.windhover.bench.harness;

import org.jspecify.annotations.NullMarked;
