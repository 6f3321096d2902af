/// How long do compilers of Thrift take, and how much memory, for 100,000 lines?
///
/// Start at [Compile]. [IdlWriter] makes the lines, a [Compiler] is one contestant, and
/// [Measurement] is what one run of it took.
@NullMarked
package io.windhover.bench.compile;

import org.jspecify.annotations.NullMarked;
