/// How long do compilers of Thrift take, and how much memory, for 100,000 lines?
///
/// And how long for a file of a few lines, from the command on?
///
/// Start at [Compile]. [IdlWriter] makes the lines, a [Compiler] is one contestant, a [Measurement]
/// is what one run of it took, and [Report] prints.
@NullMarked
package io.windhover.bench.compile;

import org.jspecify.annotations.NullMarked;
