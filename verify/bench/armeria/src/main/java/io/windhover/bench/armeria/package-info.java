/// Armeria in the bench, apart from the others because of its class path. Start at [Armeria].
@NullMarked
package io.windhover.bench.armeria;

import org.jspecify.annotations.NullMarked;
